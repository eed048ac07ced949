package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Noise;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.data.Examples;
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
 * @param places of the examples in their split, [N]
 * @param vectors [N][D]
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record ExampleVectors(int[] places, double[][] vectors) {

    /** So many are on the device at a time. */
    private static final int PORTION = 500;

    /** What the vectors are. */
    @FunctionalInterface
    public interface Kind {

        /** [B, ...] of B examples; it belongs to their manager. */
        NDArray of(TrainedModel trained, Minibatch data);
    }

    /**
     * Reads vectors.
     *
     * @param most how many at most
     * @param seed of the examples that are taken and of their binarization, where there is one
     */
    public static ExampleVectors of(TrainedModel trained, Kind kind, Examples all, int most, long seed) {
        int[] places = all.count() <= most
                ? IntStream.range(0, all.count()).toArray()
                : Arrays.copyOf(Permutation.of(all.count(), new SplittableRandom(seed)), most);
        double[][] vectors = new double[places.length][];
        WithoutGradient.run(() -> {
            try (NDManager owner = trained.newManager()) {
                // of the whole split: where values become bits once and for all, the place in it chooses them
                DeviceExamples examples = new DeviceExamples(owner, all, trained.view());
                long[] order = Arrays.stream(places).asLongStream().toArray();
                for (int from = 0; from < places.length; from += PORTION) {
                    int to = Math.min(from + PORTION, places.length);
                    try (NDManager batch = trained.newManager()) {
                        Noise bits = Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, from);
                        read(kind.of(trained, examples.batch(batch, order, from, to, bits)), from, vectors);
                    }
                }
            }
        });
        return new ExampleVectors(places, vectors);
    }

    private static void read(NDArray rows, int from, double[][] into) {
        int count = Math.toIntExact(rows.getShape().get(0));
        double[] flat = rows.toType(DataType.FLOAT64, true).toDoubleArray();
        int width = flat.length / count;
        for (int n = 0; n < count; n++) {
            into[from + n] = Arrays.copyOfRange(flat, n * width, (n + 1) * width);
        }
    }
}
