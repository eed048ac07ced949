package io.vae4j.experiments.evaluation;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VQ-VAE without networks and Lloyd's algorithm, against commons-math3's k-means from the same start. */
class IdentityVqVaeTest {

    private static final int CLUSTERS = 5;
    private static final int STEPS = 40;

    private final double[][] points = points();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void bothEndWhereCommonsMathDoes(int seed) {
        double[][] start = centers(seed, 0);
        double[][] end = centers(seed, 200);
        double inertia = Lloyd.inertia(points, end);

        assertThat(last(IdentityVqVae.course(points, start, STEPS)).inertia()).isCloseTo(inertia, within(1e-6));
        assertThat(last(Lloyd.from(points, start, STEPS)).inertia()).isCloseTo(inertia, within(1e-9));
        assertThat(sorted(last(IdentityVqVae.course(points, start, STEPS)).centers()))
                .isDeepEqualTo(sorted(end));
    }

    /** One step of each, whose centers are the means of what is nearest. */
    @Test
    void aStepMovesEachCodeToTheMeanOfItsPoints() {
        double[][] corners = {{0, 0}, {0, 1}, {10, 0}, {10, 3}};
        double[][] start = {{1, 0}, {9, 0}, {50, 50}};
        double[][] moved = {{0, 0.5}, {10, 1.5}, {50, 50}};

        assertThat(IdentityVqVae.course(corners, start, 1).get(1).centers()).isDeepEqualTo(moved);
        assertThat(Lloyd.from(corners, start, 1).get(1).centers()).isDeepEqualTo(moved);
        assertThat(Lloyd.from(corners, start, 1).get(0).inertia()).isCloseTo(1 + 2 + 1 + 10, within(1e-12));
        assertThat(IdentityVqVae.course(corners, start, 1).get(0).inertia()).isCloseTo(14, within(1e-9));
    }

    private static Lloyd.Clustering last(List<Lloyd.Clustering> course) {
        return course.get(course.size() - 1);
    }

    /** With no iteration these are the start that the seed gives. */
    private double[][] centers(int seed, int iterations) {
        JDKRandomGenerator random = new JDKRandomGenerator();
        random.setSeed(seed);
        KMeansPlusPlusClusterer<DoublePoint> clusterer =
                new KMeansPlusPlusClusterer<>(CLUSTERS, iterations, new EuclideanDistance(), random);
        List<CentroidCluster<DoublePoint>> clusters =
                clusterer.cluster(Arrays.stream(points).map(DoublePoint::new).toList());
        return clusters.stream().map(cluster -> cluster.getCenter().getPoint()).toArray(double[][]::new);
    }

    private static double[][] sorted(double[][] centers) {
        return Arrays.stream(centers)
                .map(center -> Arrays.stream(center)
                        .map(value -> Math.rint(value * 1e8) / 1e8)
                        .toArray())
                .sorted((a, b) -> Double.compare(a[0], b[0]))
                .toArray(double[][]::new);
    }

    private static double[][] points() {
        Random random = new Random(5);
        double[][] points = new double[150][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {
                3 * random.nextInt(3) + random.nextGaussian(), 3 * random.nextInt(2) + random.nextGaussian()
            };
        }
        return points;
    }
}
