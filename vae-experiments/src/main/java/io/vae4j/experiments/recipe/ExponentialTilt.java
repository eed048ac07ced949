package io.vae4j.experiments.recipe;

/** The density {@code exp(l x) / A} on [0, 1], as far as a decoder's biases start from its mean. */
final class ExponentialTilt {

    /** Means from 0.01 to 0.99: one nearer to 0 or 1 would start further out than learning reaches. */
    private static final double STEEPEST = 100;

    private ExponentialTilt() {}

    /** The l whose mean is the given one, by bisection: the mean rises with l, and its inverse has no closed form. */
    static double ofMean(double mean) {
        double low = -STEEPEST;
        double high = STEEPEST;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (mean(middle) < mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** {@code 1 / (1 - e^-l) - 1 / l}, which is 0/0 at 0. */
    static double mean(double l) {
        return Math.abs(l) < 1e-3 ? 0.5 + l / 12 : 1 / (1 - Math.exp(-l)) - 1 / l;
    }
}
