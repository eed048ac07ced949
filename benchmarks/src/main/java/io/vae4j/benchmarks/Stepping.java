package io.vae4j.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark of one workload's steps, made for the parameters of a trial and freed after it. */
public abstract class Stepping extends Timed {

    @SuppressWarnings("NullAway.Init") // JMH calls open() before any benchmark
    private Workbench bench;

    /** The workload of the present parameters. */
    abstract Workbench workbench();

    final Workbench bench() {
        return bench;
    }

    /** Makes the workload. */
    @Setup(Level.Trial)
    public void open() {
        bench = workbench();
    }

    /** Forward, backward, update. */
    @Benchmark
    public long step() {
        return bench.step();
    }

    /** Frees native memory at the end of a trial. */
    @TearDown(Level.Trial)
    public void close() {
        bench.close();
    }
}
