package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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
 * Examples of a split, some drawn without replacement where there are more than are wanted, as a model sees and encodes
 * them.
 *
 * @param values what the model sees, [N][X]
 * @param codes the centers of q(z|x) in the layer next to the data, [N][D]
 * @param classes of each, [N]; all 0 where the examples have none
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record EncodedSplit(double[][] values, double[][] codes, int[] classes) {

    /** So many are on the device at a time. */
    private static final int PORTION = 500;

    static EncodedSplit of(TrainedModel trained, Examples all, int most, long seed) {
        int[] taken = all.count() <= most
                ? IntStream.range(0, all.count()).toArray()
                : Arrays.copyOf(Permutation.of(all.count(), new SplittableRandom(seed)), most);
        double[][] values = new double[taken.length][];
        double[][] codes = new double[taken.length][];
        WithoutGradient.run(() -> {
            for (int from = 0; from < taken.length; from += PORTION) {
                int[] portion = Arrays.copyOfRange(taken, from, Math.min(from + PORTION, taken.length));
                encode(trained, all.select(portion), from, seed, values, codes);
            }
        });
        return new EncodedSplit(values, codes, classes(all, taken));
    }

    private static void encode(
            TrainedModel trained, Examples portion, int from, long seed, double[][] values, double[][] codes) {
        try (NDManager batch = trained.newManager()) {
            Minibatch data = new DeviceExamples(batch, portion, trained.view())
                    .range(batch, 0, portion.count(), Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, from));
            copyRows(trained.encode(data.x(), data.condition()), from, codes);
            copyRows(data.x(), from, values);
        }
    }

    private static void copyRows(NDArray rows, int from, double[][] into) {
        int count = Math.toIntExact(rows.getShape().get(0));
        try (NDArray wide = rows.toType(DataType.FLOAT64, true)) {
            double[] flat = wide.toDoubleArray();
            int width = flat.length / count;
            for (int n = 0; n < count; n++) {
                into[from + n] = Arrays.copyOfRange(flat, n * width, (n + 1) * width);
            }
        }
    }

    private static int[] classes(Examples all, int... taken) {
        return all.labels() instanceof Labels.Classes known
                ? Arrays.stream(taken).map(i -> known.of()[i]).toArray()
                : new int[taken.length];
    }

    /** N. */
    int count() {
        return codes.length;
    }
}
