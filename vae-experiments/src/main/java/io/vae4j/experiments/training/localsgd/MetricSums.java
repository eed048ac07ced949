package io.vae4j.experiments.training.localsgd;

import java.io.Serializable;

/**
 * What was measured of some steps, to be added to what was measured of others.
 *
 * @param numbers sums over examples
 * @param examples how many are in them
 * @param skippedSteps whose examples are not, as nothing was learned from them
 */
@SuppressWarnings("ArrayRecordComponent") // sums that are handed on, never compared
public record MetricSums(double[] numbers, long examples, long skippedSteps) implements Serializable {

    /** Both together. */
    public MetricSums plus(MetricSums other) {
        double[] sums = numbers.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.numbers[i];
        }
        return new MetricSums(sums, examples + other.examples, skippedSteps + other.skippedSteps);
    }
}
