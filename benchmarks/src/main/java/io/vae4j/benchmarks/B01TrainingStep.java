package io.vae4j.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The training step, whole and in parts, of each {@link Workload}.
 *
 * <p>What is measured: {@code step} is all that one turn of the training loop does with a batch that is already on the
 * device. {@code gradient - forward} is the backward pass; {@code step - gradient} is the update, and what a codebook
 * does after it. {@code baseline} is an empty call: what JMH itself takes.
 *
 * <p>What would measure it wrongly: the loss without its backward pass, which is most of the work; reading the loss in
 * each step, which waits for the device, as a loop does only when it logs; gradients summed over calls, which takes
 * three more passes over the parameters than {@code step} does.
 *
 * <p>How to run: {@code mvn -q -DskipTests -pl benchmarks -am package exec:exec -Djmh.args="B01TrainingStep.step"}, on
 * an idle machine; {@code -p workload=IWAE} chooses one.
 */
public class B01TrainingStep extends Stepping {

    /** What is trained; JMH runs all of them unless told otherwise. */
    @Param
    public Workload workload = Workload.VAE;

    @Override
    Workbench workbench() {
        return new Workbench(workload.recipe());
    }

    /** JMH's own share. */
    @Benchmark
    public long baseline() {
        return 1;
    }

    /** The loss with its graph. */
    @Benchmark
    public long forward() {
        return bench().forward();
    }

    /** The loss and its gradient. */
    @Benchmark
    public long gradient() {
        return bench().gradient();
    }

    /** The optimizer alone. */
    @Benchmark
    public long update() {
        return bench().update();
    }
}
