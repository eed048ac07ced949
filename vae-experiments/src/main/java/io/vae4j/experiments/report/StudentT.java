package io.vae4j.experiments.report;

/** Student's t distribution with a whole number of degrees of freedom. */
final class StudentT {

    private static final double CONFIDENCE = 0.95;

    /** More than it takes until halves of an interval are equal. */
    private static final int HALVINGS = 200;

    private StudentT() {}

    /** The t within which 95 % lie: of few degrees of freedom far more than the 1.96 of a normal distribution. */
    static double twoSided95(int degreesOfFreedom) {
        double low = 0;
        double high = 1;
        while (within(high, degreesOfFreedom) < CONFIDENCE) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (within(middle, degreesOfFreedom) < CONFIDENCE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The probability of (-t, t), a finite sum of cosines of {@code theta = atan(t / sqrt(n))}: Abramowitz and Stegun
     * 1964, 26.7.3 and 26.7.4.
     */
    static double within(double t, int degreesOfFreedom) {
        double theta = Math.atan(t / Math.sqrt(degreesOfFreedom));
        boolean odd = degreesOfFreedom % 2 == 1;
        double term = odd ? Math.cos(theta) : 1;
        double sum = degreesOfFreedom == 1 ? 0 : term;
        for (int i = odd ? 3 : 2; i <= degreesOfFreedom - 2; i += 2) {
            term *= (i - 1.0) / i * Math.cos(theta) * Math.cos(theta);
            sum += term;
        }
        return odd ? 2 / Math.PI * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
    }
}
