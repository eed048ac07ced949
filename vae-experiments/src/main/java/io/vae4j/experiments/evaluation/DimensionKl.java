package io.vae4j.experiments.evaluation;

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

    public DimensionKl {
        nats = List.copyOf(nats);
    }

    /**
     * Of the layer next to the data, over the first examples.
     *
     * @return empty where the KL has no closed form that is a sum over dimensions
     */
    public static Optional<DimensionKl> of(Evaluator evaluator, int examples, long seed) {
        LatentCodec codec = new LatentCodec(evaluator.trained());
        LayerStatistics statistics = new LayerStatistics();
        evaluator.eachBatch(
                examples,
                seed,
                portion -> statistics.add(codec.layers(portion.data()).get(0), portion.to() - portion.from()));
        return statistics
                .klPerDimension()
                .map(nats -> new DimensionKl(Arrays.stream(nats).boxed().toList()));
    }

    /** Dimensions from that with most nats to that with fewest. */
    public List<Integer> ranked() {
        return IntStream.range(0, nats.size())
                .boxed()
                .sorted(Comparator.comparing(nats::get).reversed())
                .toList();
    }
}
