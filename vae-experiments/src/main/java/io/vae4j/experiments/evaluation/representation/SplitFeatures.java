package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Noise;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Permutation;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A vector for each example of a split, of some drawn without replacement where there are more than are wanted.
 *
 * @param vectors [N][D]
 * @param classes of each, [N]; all 0 where the examples have none
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record SplitFeatures(double[][] vectors, int[] classes) {

    /** The centers of q(z|x) in the layer next to the data. */
    static final Kind CODES = (trained, data) -> trained.encode(data.x(), data.condition());

    /** The values as the model sees them: as many numbers as the examples have elements. */
    static final Kind VALUES = (trained, data) -> data.x();

    /** So many are on the device at a time. */
    private static final int PORTION = 500;

    /** What the vectors are. */
    @FunctionalInterface
    interface Kind {

        /** [B, ...] of B examples; it belongs to their manager. */
        NDArray of(TrainedModel trained, Minibatch data);
    }

    static SplitFeatures of(TrainedModel trained, Kind kind, Examples all, int most, long seed) {
        int[] taken = all.count() <= most
                ? IntStream.range(0, all.count()).toArray()
                : Arrays.copyOf(Permutation.of(all.count(), new SplittableRandom(seed)), most);
        double[][] vectors = new double[taken.length][];
        WithoutGradient.run(() -> {
            try (NDManager owner = trained.newManager()) {
                // of the whole split: where values become bits once and for all, the place in it chooses them
                DeviceExamples examples = new DeviceExamples(owner, all, trained.view());
                long[] order = Arrays.stream(taken).asLongStream().toArray();
                for (int from = 0; from < taken.length; from += PORTION) {
                    int to = Math.min(from + PORTION, taken.length);
                    try (NDManager batch = trained.newManager()) {
                        Noise bits = Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, from);
                        read(kind.of(trained, examples.batch(batch, order, from, to, bits)), from, vectors);
                    }
                }
            }
        });
        return new SplitFeatures(vectors, classes(all, taken));
    }

    private static void read(NDArray rows, int from, double[][] into) {
        int count = Math.toIntExact(rows.getShape().get(0));
        double[] flat = rows.toType(DataType.FLOAT64, true).toDoubleArray();
        int width = flat.length / count;
        for (int n = 0; n < count; n++) {
            into[from + n] = Arrays.copyOfRange(flat, n * width, (n + 1) * width);
        }
    }

    private static int[] classes(Examples all, int... taken) {
        return all.labels() instanceof Labels.Classes known
                ? Arrays.stream(taken).map(i -> known.of()[i]).toArray()
                : new int[taken.length];
    }

    /** N. */
    int count() {
        return vectors.length;
    }
}
