package io.vae4j.experiments.evaluation.disentanglement;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Permutation;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What a trained model makes of examples whose factors are known. */
public final class EncodedExamples {

    /** What disentanglement_lib trains and evaluates classifiers on, together; larger sets are drawn from. */
    private static final int MOST = 15_000;

    /** So many are on the device at a time. */
    private static final int PORTION = 500;

    private EncodedExamples() {}

    /**
     * The representative latents of examples, those of the layer next to the data; of all, or of 15,000 drawn without
     * replacement where there are more.
     *
     * @param seed of the examples that are taken and of their binarization, where there is one
     * @throws InvalidInput if the factors are not known, or if nothing can be measured on them
     */
    public static Representation of(TrainedModel trained, Examples examples, long seed) {
        if (!(examples.labels() instanceof Labels.Factors)) {
            throw new InvalidInput(
                    "of the examples no factors are known, by which disentanglement is measured",
                    "data",
                    "take data that were made from factors");
        }
        int[] taken = taken(examples.count(), seed);
        double[][] codes = new double[taken.length][];
        for (int from = 0; from < taken.length; from += PORTION) {
            int[] portion = Arrays.copyOfRange(taken, from, Math.min(from + PORTION, taken.length));
            encode(trained, examples.select(portion), from, seed, codes);
        }
        return Representation.of(codes, (Labels.Factors) examples.labels().select(taken));
    }

    /** How many latent dimensions the layer next to the data has. */
    public static long dimensions(TrainedModel trained) {
        try (NDManager scratch = trained.newManager()) {
            return representative(trained, trained.view().zeros(scratch)).size();
        }
    }

    /** The centers of the posteriors of the layer next to the data, given those of the layers above, [B, ...Z]. */
    private static NDArray representative(TrainedModel trained, Minibatch data) {
        return new LatentCodec(trained)
                .layers(data)
                .get(0)
                .inference()
                .posterior()
                .pointEstimate()
                .get(0);
    }

    private static int[] taken(int count, long seed) {
        return count <= MOST
                ? IntStream.range(0, count).toArray()
                : Arrays.copyOf(Permutation.of(count, new SplittableRandom(seed)), MOST);
    }

    private static void encode(TrainedModel trained, Examples portion, int from, long seed, double[][] codes) {
        try (NDManager batch = trained.newManager()) {
            Minibatch data = new DeviceExamples(batch, portion, trained.view())
                    .range(batch, 0, portion.count(), Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, from));
            NDArray latents = representative(trained, data);
            double[] flat = latents.toType(DataType.FLOAT64, false).toDoubleArray();
            int dimensions = flat.length / portion.count();
            for (int n = 0; n < portion.count(); n++) {
                codes[from + n] = Arrays.copyOfRange(flat, n * dimensions, (n + 1) * dimensions);
            }
        }
    }
}
