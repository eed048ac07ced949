package io.vae4j.experiments.training.localsgd;

import java.io.Serializable;
import java.util.List;

/**
 * What one worker, or several together, have made of a round.
 *
 * @param state the mean of theirs, each weighted by its examples
 * @param sums of what they measured in their steps
 * @param moved how many steps the farthest of them took up to the last one that changed its model; 0 where nobody's
 *     changed
 * @param seconds how long the slowest of them computed
 */
public record RoundPart(TrainingState state, MetricSums sums, int moved, double seconds) implements Serializable {

    /**
     * Parts of a round become one: {@code theta = sum_k (n_k / n) theta_k}, in double precision and rounded once. A
     * worker that has learned from nothing, {@code n_k = 0}, does not count. The mean of states that are alike, or of
     * one, is that state in every bit.
     *
     * @param parts at least one, in the order of the workers
     */
    public static RoundPart mean(List<RoundPart> parts) {
        MetricSums sums = parts.get(0).sums();
        for (RoundPart part : parts.subList(1, parts.size())) {
            sums = sums.plus(part.sums());
        }
        return new RoundPart(
                meanState(parts),
                sums,
                parts.stream().mapToInt(RoundPart::moved).max().orElseThrow(),
                parts.stream().mapToDouble(RoundPart::seconds).max().orElseThrow());
    }

    private static TrainingState meanState(List<RoundPart> parts) {
        List<RoundPart> learned =
                parts.stream().filter(part -> part.sums().examples() > 0).toList();
        if (learned.size() <= 1) {
            return (learned.isEmpty() ? parts : learned).get(0).state();
        }
        double total =
                learned.stream().mapToLong(part -> part.sums().examples()).sum();
        double[] sum = new double[learned.get(0).state().numbers().length];
        for (RoundPart part : learned) {
            float[] numbers = part.state().numbers();
            double weight = part.sums().examples();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * numbers[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / total);
        }
        return new TrainingState(mean);
    }
}
