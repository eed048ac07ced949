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

    /** Of samples at a time: what they take is bounded, however many are asked for. */
    private static final long PORTION = 100;

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
     */
    public static BoundEstimate of(LikelihoodBound bound, int examples, long samples, Weigher weigher) {
        ImportanceWeights weights = new ImportanceWeights(examples);
        for (long done = 0; done < samples; done += PORTION) {
            try (NDArray logWeight = weigher.logWeight(Math.min(PORTION, samples - done), done / PORTION)) {
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
