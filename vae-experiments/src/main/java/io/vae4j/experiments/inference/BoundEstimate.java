package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;

/**
 * A bound of log p(x) of each example, estimated by K samples.
 *
 * @param bound [B], nats
 * @param standardError of the estimate, [B], nats; NaN for one sample
 * @param effectiveSampleSize (sum w)^2 / sum w^2, [B], from 1 to K
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record BoundEstimate(double[] bound, double[] standardError, double[] effectiveSampleSize) {

    /** Draws samples and weighs them. */
    public interface Weigher {

        /**
         * @param samples how many
         * @param number of the portion, which chooses their noise
         * @return log w, [samples, B], nats, which is closed when it has been looked at
         */
        NDArray logWeight(long samples, long number);
    }

    /**
     * Estimates a bound.
     *
     * @param examples B
     * @param samples K, at least 1
     * @param portion how many of them at a time, as by {@link SamplePortion}
     */
    public static BoundEstimate of(LikelihoodBound bound, int examples, long samples, long portion, Weigher weigher) {
        ImportanceWeights weights = new ImportanceWeights(examples);
        for (long done = 0; done < samples; done += portion) {
            try (NDArray logWeight = weigher.logWeight(Math.min(portion, samples - done), done / portion)) {
                weights.add(logWeight);
            }
        }
        return switch (bound) {
            case ELBO ->
                new BoundEstimate(weights.meanLog(), weights.standardErrorOfMeanLog(), weights.effectiveSampleSize());
            case IWAE ->
                new BoundEstimate(weights.logMean(), weights.standardErrorOfLogMean(), weights.effectiveSampleSize());
        };
    }
}
