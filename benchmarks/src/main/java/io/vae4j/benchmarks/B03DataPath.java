package io.vae4j.benchmarks;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.DeviceExamples;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch of 128 out of 60,000 images.
 *
 * <p>What is measured: {@code gray} gathers bytes by index and divides them by 255; {@code binarized} compares each
 * with a uniform draw as well. {@code baseline} makes and closes the manager that owns a batch.
 *
 * <p>What would measure it wrongly: consecutive indices, which lie side by side in memory; a data set that fits into
 * the cache.
 *
 * <p>How to run: {@code mvn -q -DskipTests -pl benchmarks -am package exec:exec -Djmh.args="B03DataPath"}.
 */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class B03DataPath extends Timed {

    private static final int COUNT = 60_000;
    private static final int BATCH = 128;
    /** Coprime to the count, so that every image has its turn and neighbors lie apart. */
    private static final int STRIDE = 7919;

    private final NDManager manager = NDManager.newBaseManager();
    private final DeviceExamples gray = examples(ValueTransform.AS_STORED);
    private final DeviceExamples binarized = examples(ValueTransform.DYNAMIC_BINARIZATION);
    private final long[] order =
            LongStream.range(0, COUNT).map(i -> i * STRIDE % COUNT).toArray();
    private int next;

    /** A manager, no batch. */
    @Benchmark
    public long baseline() {
        try (NDManager batch = manager.newSubManager()) {
            return batch.isOpen() ? 1 : 0;
        }
    }

    /** Bytes to numbers. */
    @Benchmark
    public long gray() {
        return batch(gray);
    }

    /** Bytes to bits. */
    @Benchmark
    public long binarized() {
        return batch(binarized);
    }

    private long batch(DeviceExamples images) {
        next = (next + BATCH) % (COUNT - BATCH);
        try (NDManager batch = manager.newSubManager()) {
            return images.batch(batch, order, next, next + BATCH, Noise.seeded(0, next, 0))
                    .x()
                    .size();
        }
    }

    private DeviceExamples examples(ValueTransform values) {
        Dataset data = Workbench.randomData(COUNT);
        DataView view = new DataView(data.summary(), new Shape(784), values, ConditionName.NONE);
        return new DeviceExamples(manager, data.train(), view);
    }

    /** Frees native memory at the end of a fork. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }
}
