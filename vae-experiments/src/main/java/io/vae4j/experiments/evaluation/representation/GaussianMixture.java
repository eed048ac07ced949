package io.vae4j.experiments.evaluation.representation;

import io.vae4j.experiments.evaluation.Lloyd;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A mixture of Gaussians with full covariances, {@code p(z) = sum_k pi_k N(z; mu_k, Sigma_k)}, fitted by expectation
 * maximization in the log domain from a clustering that starts as k-means++ does (Arthur and Vassilvitskii 2007).
 * {@value #REGULARIZATION} is added to the diagonals of the covariances, as scikit-learn does.
 *
 * @param components their weights sum to 1
 */
public record GaussianMixture(List<GaussianComponent> components) {

    private static final double REGULARIZATION = 1e-6;
    private static final int ITERATIONS = 100;
    private static final int CLUSTERINGS = 10;

    /** Nats of the mean log density by which an iteration must improve it for another one. */
    private static final double TOLERANCE = 1e-3;

    public GaussianMixture {
        components = List.copyOf(components);
    }

    /**
     * Fits.
     *
     * @param points [N][D]
     * @param components K, from 1 to N
     * @param seed of the first centers
     */
    public static GaussianMixture fit(double[][] points, int components, long seed) {
        if (components < 1 || components > points.length) {
            throw new IllegalArgumentException(components + " components were asked for and there are " + points.length
                    + " points; expected 1 to as many as there are");
        }
        double[][] centers = Lloyd.from(points, firstCenters(points, components, seed), CLUSTERINGS)
                .get(CLUSTERINGS)
                .centers();
        double[][] shares = new double[points.length][components];
        for (int n = 0; n < points.length; n++) {
            shares[n][Lloyd.nearest(points[n], centers)] = 1;
        }
        return from(points, maximized(points, shares), ITERATIONS, TOLERANCE);
    }

    /** Each center is drawn with a probability that grows with the squared distance to those before. */
    private static double[][] firstCenters(double[][] points, int components, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] centers = new double[components][];
        centers[0] = points[random.nextInt(points.length)];
        double[] distances = new double[points.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int k = 1; k < components; k++) {
            double[][] latest = {centers[k - 1]};
            Arrays.setAll(distances, n -> Math.min(distances[n], Lloyd.inertia(new double[][] {points[n]}, latest)));
            double left = random.nextDouble() * Arrays.stream(distances).sum();
            int chosen = 0;
            while (chosen < points.length - 1 && (left -= distances[chosen]) > 0) {
                chosen++;
            }
            centers[k] = points[chosen];
        }
        return centers;
    }

    /** Expectation maximization from a start. */
    static GaussianMixture from(double[][] points, GaussianMixture start, int iterations, double tolerance) {
        GaussianMixture mixture = start;
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < iterations; i++) {
            double[][] shares = new double[points.length][];
            double mean = 0;
            for (int n = 0; n < points.length; n++) {
                double[] logs = mixture.logJoint(points[n]);
                double log = logSumExp(logs);
                mean += log / points.length;
                shares[n] =
                        Arrays.stream(logs).map(each -> Math.exp(each - log)).toArray();
            }
            if (mean - before < tolerance) {
                return mixture;
            }
            before = mean;
            mixture = maximized(points, shares);
        }
        return mixture;
    }

    private static GaussianMixture maximized(double[][] points, double[][] shares) {
        return new GaussianMixture(IntStream.range(0, shares[0].length)
                .mapToObj(k -> GaussianComponent.fit(
                        points,
                        Arrays.stream(shares).mapToDouble(share -> share[k]).toArray(),
                        REGULARIZATION))
                .toList());
    }

    private double[] logJoint(double... point) {
        return components.stream()
                .mapToDouble(component -> Math.log(component.weight()) + component.logDensity(point))
                .toArray();
    }

    /** log p(z), nats. */
    public double logDensity(double... point) {
        return logSumExp(logJoint(point));
    }

    private static double logSumExp(double... logs) {
        double largest = Arrays.stream(logs).max().orElse(Double.NEGATIVE_INFINITY);
        return largest
                + Math.log(
                        Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum());
    }

    /** Independent draws, [count][D]. */
    public double[][] sample(int count, SplittableRandom random) {
        return IntStream.range(0, count)
                .mapToObj(i -> chosen(random.nextDouble()).sample(random))
                .toArray(double[][]::new);
    }

    private GaussianComponent chosen(double uniform) {
        double left = uniform;
        for (GaussianComponent component : components.subList(0, components.size() - 1)) {
            left -= component.weight();
            if (left < 0) {
                return component;
            }
        }
        return components.get(components.size() - 1);
    }
}
