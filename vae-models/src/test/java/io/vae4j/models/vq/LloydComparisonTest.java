package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.junit.jupiter.api.Test;

class LloydComparisonTest extends QuantizedTest {

    private static final int CLUSTERS = 7;
    private static final int STEPS = 6;

    /** Commons Math from one seed: with no iterations it answers where it starts, with t where it has come to. */
    @Test
    void aCodebookThatForgetsAtOnceTakesTheStepsOfKMeans() {
        double[][] points = ring();
        double[][] start = clusters(points, 0).stream()
                .map(cluster -> cluster.getCenter().getPoint())
                .toArray(double[][]::new);
        double[] expected = new double[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            expected[step] = inertia(points, clusters(points, step));
        }
        LloydComparison comparison = LloydComparison.of(manager, points, start, STEPS);

        assertThat(expected[STEPS]).isLessThan(0.9 * expected[0]);
        assertThat(doubles(comparison.codebook())).containsExactly(expected, within(1e-6));
        assertThat(doubles(comparison.kMeans())).containsExactly(expected, within(1e-9));
    }

    @Test
    void nothingOfTheComparisonStaysBehind() {
        int before = manager.getManagedArrays().size();
        LloydComparison.of(manager, ring(), new double[][] {{1, 0}, {-1, 0}}, 2);

        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private static double[][] ring() {
        Random random = new Random(5);
        double[][] points = new double[200][];
        for (int i = 0; i < points.length; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = 2 + 0.3 * random.nextGaussian();
            points[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        }
        return points;
    }

    private static List<CentroidCluster<DoublePoint>> clusters(double[][] points, int iterations) {
        JDKRandomGenerator generator = new JDKRandomGenerator();
        generator.setSeed(3);
        return new KMeansPlusPlusClusterer<DoublePoint>(CLUSTERS, iterations, new EuclideanDistance(), generator)
                .cluster(Arrays.stream(points).map(DoublePoint::new).toList());
    }

    private static double inertia(double[][] points, List<CentroidCluster<DoublePoint>> clusters) {
        EuclideanDistance distance = new EuclideanDistance();
        return Arrays.stream(points)
                .mapToDouble(point -> clusters.stream()
                        .mapToDouble(cluster -> Math.pow(
                                distance.compute(point, cluster.getCenter().getPoint()), 2))
                        .min()
                        .orElseThrow())
                .sum();
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
