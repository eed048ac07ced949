package io.vae4j.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.Placement;
import io.vae4j.experiments.training.Shuffle;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much of a training step is spent waiting for data: 200,000 images of 64 x 64 x 3 bytes (2.5 GB) in a mapped file,
 * of which the steps of an epoch read batches in a shuffled order, and as many of them as fit in memory, on the host
 * and on the device.
 *
 * <p>How to run: {@code java -cp ... io.vae4j.benchmarks.DataWait FOLDER [STEPS]}, with the class path of the
 * benchmarks. The folder needs 2.5 GB; to see what a disk does, drop the system's page cache before.
 */
public final class DataWait {

    private static final Shape EVENT = new Shape(3, 64, 64);
    private static final int COUNT = 200_000;
    private static final int IN_MEMORY = 20_000;
    private static final int WARM_UP = 5;

    private DataWait() {}

    /** Prints a line for each place where the data lie. */
    public static void main(String[] args) throws IOException {
        Path file = pixels(Path.of(args[0]).resolve("pixels.u8"));
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        Recipe recipe = Recipes.find("faces-64", List.of());
        Values mapped = Values.ofMappedBytes(file, 0, COUNT, EVENT);
        Values first = mapped.select(IntStream.range(0, IN_MEMORY).toArray());
        System.out.printf("%-28s %10s %12s %10s%n", "where", "examples", "ms a step", "waiting");
        report("in memory, on the device", new Run(recipe, inMemory(first), Placement.DEVICE), steps);
        report("in memory, on the host", new Run(recipe, inMemory(first), Placement.HOST), steps);
        report("in a mapped file", new Run(recipe, mapped, Placement.HOST), steps);
    }

    private static void report(String where, Run run, int steps) {
        Measured measured = run.steps(steps);
        System.out.printf(
                "%-28s %,10d %12.1f %9.2f%%%n",
                where,
                run.values().count(),
                measured.whole().toNanos() / 1e6 / steps,
                100.0 * measured.waited().toNanos() / measured.whole().toNanos());
    }

    /** What some steps took, and how much of that data were waited for. */
    private record Measured(Duration whole, Duration waited) {}

    private record Run(Recipe recipe, Values values, Placement placement) {

        Measured steps(int steps) {
            Examples examples = new Examples(values);
            Dataset data = new ArrayDataset("noise", examples, examples, new Provenance("DataWait", Map.of()));
            var assembly = recipe.model().assemble(ModelContext.withoutData(data.summary()));
            DataView view = new DataView(
                    data.summary(),
                    assembly.event(),
                    recipe.data().values(),
                    recipe.data().condition());
            try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
                assembly.model().initialize(manager, DataType.FLOAT32, view.inputShapes());
                DeviceExamples placed = new DeviceExamples(manager, examples, view, placement);
                try (TrainingStep step = new TrainingStep(
                        assembly.model(),
                        recipe.estimator().estimator(),
                        recipe.optimizer().settings())) {
                    return measured(manager, placed, step, steps);
                }
            }
        }

        private Measured measured(NDManager manager, DeviceExamples placed, TrainingStep step, int steps) {
            long[] order = Shuffle.of(0, 1, placed.count());
            var objective = recipe.objective().over(new Extent(placed.count(), steps));
            int batch = recipe.train().batch();
            long start = 0;
            Duration before = Duration.ZERO;
            for (int i = 0; i < WARM_UP + steps; i++) {
                if (i == WARM_UP) {
                    start = System.nanoTime();
                    before = placed.waited();
                }
                int from = i * batch % (placed.count() - batch);
                try (NDManager owner = manager.newSubManager()) {
                    Minibatch data = placed.batch(owner, order, from, from + batch, Noise.seeded(0, i, 0));
                    step.on(data.x(), data.condition(), objective.at(i), 1e-4);
                }
            }
            return new Measured(
                    Duration.ofNanos(System.nanoTime() - start), placed.waited().minus(before));
        }
    }

    /** Made once: what the pixels are does not matter to the time. */
    private static Path pixels(Path file) throws IOException {
        long bytes = COUNT * EVENT.size();
        if (Files.exists(file) && Files.size(file) == bytes) {
            return file;
        }
        SplittableRandom random = new SplittableRandom(0);
        byte[] row = new byte[Math.toIntExact(EVENT.size())];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < COUNT; i++) {
                random.nextBytes(row);
                out.write(row);
            }
        }
        return file;
    }

    private static Values inMemory(Values values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(values.bytes()));
        IntStream.range(0, values.count()).forEach(i -> values.read(i, bytes));
        return Values.ofBytes(bytes.flip(), values.count(), EVENT);
    }
}
