package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.StochasticLayer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much each latent dimension tells of the data: KL(q(z_d|x) || p(z_d)), the mean over examples. Dimensions that a
 * model does not use have none.
 *
 * @param nats one number for each dimension
 */
public record DimensionKl(List<Double> nats) {

    private static final int PORTION = 250;

    public DimensionKl {
        nats = List.copyOf(nats);
    }

    /**
     * Of the layer next to the data, over the first examples.
     *
     * @return empty where the KL has no closed form that is a sum over dimensions
     */
    public static Optional<DimensionKl> of(Evaluator evaluator, int examples, long seed) {
        Optional<double[]> sums = Optional.of(new double[0]);
        for (int from = 0; from < examples && sums.isPresent(); from += PORTION) {
            int to = Math.min(examples, from + PORTION);
            Optional<double[]> portion = portion(evaluator, from, to, seed);
            sums = sums.flatMap(before -> portion.map(more -> sum(before, more)));
        }
        return sums.map(of -> new DimensionKl(
                Arrays.stream(of).map(sum -> sum / examples).boxed().toList()));
    }

    /** Dimensions from that with most nats to that with fewest. */
    public List<Integer> ranked() {
        return IntStream.range(0, nats.size())
                .boxed()
                .sorted(Comparator.comparing(nats::get).reversed())
                .toList();
    }

    private static Optional<double[]> portion(Evaluator evaluator, int from, int to, long seed) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = evaluator.trained().newManager()) {
                StochasticLayer layer = new LatentCodec(evaluator.trained())
                        .layers(evaluator.examples(scratch, from, to, seed))
                        .get(0);
                return layer.analyticKlEach().get().map(DimensionKl::summed);
            }
        });
    }

    /** Over the examples of [1, B, ...Z]. */
    private static double[] summed(NDArray each) {
        float[] sums = each.sum(new int[] {0, 1}).toFloatArray();
        return IntStream.range(0, sums.length).mapToDouble(d -> sums[d]).toArray();
    }

    private static double[] sum(double[] before, double[] more) {
        return before.length == 0
                ? more
                : IntStream.range(0, more.length)
                        .mapToDouble(d -> before[d] + more[d])
                        .toArray();
    }
}
