package io.vae4j.experiments.evaluation;

/** The one Gaussian that fits points of the plane best, by which it is told how much better a model is. */
public final class FittedGaussian {

    private FittedGaussian() {}

    /**
     * The mean log density of points under the Gaussian of their own mean and covariance S, {@code -1/2 log|2 pi e S|},
     * nats.
     *
     * @param points [N][2]; all on one line have no finite answer
     */
    public static double meanLogDensity(double[][] points) {
        double[] mean = new double[2];
        for (double[] point : points) {
            mean[0] += point[0] / points.length;
            mean[1] += point[1] / points.length;
        }
        double[] covariance = new double[3];
        for (double[] point : points) {
            double dx = point[0] - mean[0];
            double dy = point[1] - mean[1];
            covariance[0] += dx * dx / points.length;
            covariance[1] += dy * dy / points.length;
            covariance[2] += dx * dy / points.length;
        }
        double determinant = covariance[0] * covariance[1] - covariance[2] * covariance[2];
        return -Math.log(2 * Math.PI * Math.E) - 0.5 * Math.log(determinant);
    }
}
