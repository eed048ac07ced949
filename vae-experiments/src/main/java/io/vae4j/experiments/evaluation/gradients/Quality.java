package io.vae4j.experiments.evaluation.gradients;

/**
 * How good an estimator's gradient is for one parameter group.
 *
 * @param samples k
 * @param norm the length of the mean gradient, less what sampling error adds to it
 * @param bias the distance of the mean gradient from the reparameterized one, less what sampling error adds to it, and
 *     relative to the latter's length
 * @param biasNoise what sampling error adds on average, by the differences of gradients that share their samples
 * @param variance of one gradient, summed over the group's parameters
 */
public record Quality(
        int samples, String estimator, Group group, double norm, double bias, double biasNoise, double variance) {

    /** The length of the mean gradient by the standard deviation of one gradient. */
    public double signalToNoise() {
        return norm / Math.sqrt(variance);
    }
}
