package io.vae4j.experiments.evaluation.representation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One Gaussian of a mixture.
 *
 * @param weight its share of the mixture
 * @param mean [D]
 * @param root the lower triangular L with {@code L L^T} as the covariance, [D][D]
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record GaussianComponent(double weight, double[] mean, double[][] root) {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** Keeps the mean of a component without points finite. */
    private static final double LEAST = 10 * Math.ulp(1.0);

    static GaussianComponent of(double weight, double[] mean, double[][] covariance) {
        return new GaussianComponent(weight, mean, cholesky(covariance));
    }

    /**
     * The Gaussian of weighted points.
     *
     * @param shares of each point that are this component's, [N]
     * @param regularization added to the variances
     */
    static GaussianComponent fit(double[][] points, double[] shares, double regularization) {
        double total = Arrays.stream(shares).sum() + LEAST;
        int width = points[0].length;
        double[] mean = new double[width];
        for (int n = 0; n < points.length; n++) {
            for (int d = 0; d < width; d++) {
                mean[d] += shares[n] * points[n][d] / total;
            }
        }
        double[][] covariance = new double[width][width];
        double[] centered = new double[width];
        for (int n = 0; n < points.length; n++) {
            if (shares[n] > 0) {
                for (int d = 0; d < width; d++) {
                    centered[d] = points[n][d] - mean[d];
                }
                addOuter(covariance, centered, shares[n] / total);
            }
        }
        for (int d = 0; d < width; d++) {
            covariance[d][d] += regularization;
        }
        return of(total / points.length, mean, covariance);
    }

    /** Into the lower triangle, which is all that is read. */
    private static void addOuter(double[][] sum, double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            double scaled = factor * vector[i];
            for (int j = 0; j <= i; j++) {
                sum[i][j] += scaled * vector[j];
            }
        }
    }

    private static double[][] cholesky(double[][] matrix) {
        double[][] root = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int d = 0; d < j; d++) {
                    rest -= root[i][d] * root[j][d];
                }
                root[i][j] = i == j ? Math.sqrt(positive(rest)) : rest / root[j][j];
            }
        }
        return root;
    }

    private static double positive(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException("a covariance is not positive definite: the points are not finite, or their"
                    + " scales are too different");
        }
        return value;
    }

    /** log N(z; mu, Sigma), nats. */
    double logDensity(double... point) {
        double[] white = new double[mean.length];
        double log = -0.5 * mean.length * LOG_TWO_PI;
        for (int i = 0; i < mean.length; i++) {
            double rest = point[i] - mean[i];
            for (int d = 0; d < i; d++) {
                rest -= root[i][d] * white[d];
            }
            white[i] = rest / root[i][i];
            log -= 0.5 * white[i] * white[i] + Math.log(root[i][i]);
        }
        return log;
    }

    double[] sample(SplittableRandom random) {
        double[] white = new double[mean.length];
        Arrays.setAll(white, d -> random.nextGaussian());
        double[] point = mean.clone();
        for (int i = 0; i < point.length; i++) {
            for (int d = 0; d <= i; d++) {
                point[i] += root[i][d] * white[d];
            }
        }
        return point;
    }
}
