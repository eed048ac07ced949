package io.vae4j.experiments.evaluation;

import java.util.Arrays;

/**
 * The generalized Pareto distribution of what exceeds a threshold, {@code P(X > x) = (1 + k x / sigma)^(-1/k)}: from
 * {@code k = 1/2} on the variance is infinite, from {@code k = 1} on the mean.
 *
 * @param shape k
 * @param scale sigma
 */
record GeneralizedPareto(double shape, double scale) {

    /** Fewer exceedances say nothing of a tail. */
    static final int FEWEST = 5;

    /**
     * The empirical Bayes estimate of Zhang and Stephens 2009, section 3, https://doi.org/10.1198/tech.2009.08017, in
     * whose notation {@code k = -shape} and {@code theta = -shape / scale}: the mean of theta under its profile
     * likelihood and a prior that the sample's quartile sets.
     *
     * @param exceedances positive and ascending, at least {@link #FEWEST}
     */
    static GeneralizedPareto fit(double[] exceedances) {
        int n = exceedances.length;
        if (n < FEWEST || !(exceedances[0] > 0)) {
            throw new IllegalArgumentException(
                    n + " exceedances; expected " + FEWEST + " or more, positive and ascending");
        }
        double[] grid = grid(exceedances);
        double[] logLikelihood =
                Arrays.stream(grid).map(theta -> profile(theta, exceedances)).toArray();
        double best = Arrays.stream(logLikelihood).max().orElseThrow();
        double total = 0;
        double mean = 0;
        for (int j = 0; j < grid.length; j++) {
            double weight = Math.exp(logLikelihood[j] - best);
            total += weight;
            mean += weight * grid[j];
        }
        double theta = mean / total;
        double shape = shape(theta, exceedances);
        return new GeneralizedPareto(shape, -shape / theta);
    }

    /** Places of theta at the quantiles of its prior: {@code 1/x_(n) + (1 - sqrt(m / (j - 1/2))) / (3 x_(n/4))}. */
    private static double[] grid(double[] x) {
        int n = x.length;
        double quartile = x[(int) (n / 4.0 + 0.5) - 1];
        double[] grid = new double[30 + (int) Math.sqrt(n)];
        Arrays.setAll(grid, j -> 1 / x[n - 1] + (1 - Math.sqrt(grid.length / (j + 0.5))) / (3 * quartile));
        return grid;
    }

    /** The shape that is most likely for a theta: {@code mean log(1 - theta x)}. */
    private static double shape(double theta, double[] x) {
        return Arrays.stream(x).map(each -> Math.log1p(-theta * each)).average().orElseThrow();
    }

    /** The log-likelihood of theta with that shape. */
    private static double profile(double theta, double[] x) {
        double shape = shape(theta, x);
        return x.length * (Math.log(-theta / shape) - shape - 1);
    }
}
