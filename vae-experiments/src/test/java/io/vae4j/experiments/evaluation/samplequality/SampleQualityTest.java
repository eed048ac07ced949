package io.vae4j.experiments.evaluation.samplequality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Precision, recall and the Frechet distance, by their definitions on small clouds. */
class SampleQualityTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void precisionAndRecallAreThoseByBruteForce() {
        NDArray real = cloud(1, 700, 3, 0);
        NDArray samples = cloud(2, 600, 3, 1.2);
        PrecisionRecall shares = PrecisionRecall.of(real, samples, 3);

        assertThat(shares.precision()).isCloseTo(covered(rows(real), rows(samples), 3), within(1e-6));
        assertThat(shares.recall()).isCloseTo(covered(rows(samples), rows(real), 3), within(1e-6));
        assertThat(shares.precision()).isBetween(0.2, 0.95);
    }

    @Test
    void collapsedSamplesHavePrecisionAndNoRecall() {
        NDArray real = cloud(1, 500, 2, 0);
        NDArray collapsed = real.get("0:1").broadcast(new Shape(400, 2));
        PrecisionRecall shares = PrecisionRecall.of(real, collapsed, 3);

        assertThat(shares.precision()).isEqualTo(1);
        assertThat(shares.recall()).isLessThan(0.01);
    }

    @Test
    void samplesFarAwayHaveNeither() {
        PrecisionRecall shares = PrecisionRecall.of(cloud(1, 50, 2, 0), cloud(2, 50, 2, 100), 3);

        assertThat(shares).isEqualTo(new PrecisionRecall(0, 0));
    }

    /** {@code |m1 - m2|^2 + sum (s1 - s2)^2} for factorized normals; ours have sample moments. */
    @Test
    void theFrechetDistanceOfFactorizedNormalsIsClosed() {
        int count = 200_000;
        NDArray a = normal(1, count).mul(row(1, 2));
        NDArray b = normal(2, count).mul(row(3, 0.5)).add(row(1, -2));

        assertThat(FrechetDistance.between(a, b)).isCloseTo(5 + 4 + 2.25, within(0.15));
        assertThat(FrechetDistance.between(a, a)).isCloseTo(0, within(1e-9));
    }

    /** Covariances that do not commute, and more features than some directions vary in. */
    @Test
    void theFrechetDistanceIsThatOfCommonsMath() {
        NDArray a = cloud(1, 300, 5, 0).toType(DataType.FLOAT64, true);
        NDArray b = cloud(2, 300, 5, 0.3).matMul(cloud(4, 5, 5, 0)).toType(DataType.FLOAT64, true);

        assertThat(FrechetDistance.between(a, b)).isCloseTo(frechet(rows(a), rows(b)), within(1e-8));
    }

    private static double frechet(double[][] a, double[][] b) {
        RealMatrix first = new Covariance(a).getCovarianceMatrix();
        RealMatrix second = new Covariance(b).getCovarianceMatrix();
        RealMatrix root = new EigenDecomposition(first).getSquareRoot();
        RealMatrix product = root.multiply(second).multiply(root);
        double shared = Arrays.stream(
                        new EigenDecomposition(product.add(product.transpose()).scalarMultiply(0.5))
                                .getRealEigenvalues())
                .map(value -> Math.sqrt(Math.max(0, value)))
                .sum();
        double means = 0;
        for (int i = 0; i < a[0].length; i++) {
            double difference = mean(a, i) - mean(b, i);
            means += difference * difference;
        }
        return means + first.getTrace() + second.getTrace() - 2 * shared;
    }

    private static double mean(double[][] rows, int column) {
        return Arrays.stream(new Array2DRowRealMatrix(rows).getColumn(column))
                .average()
                .orElseThrow();
    }

    private static double covered(double[][] centers, double[][] points, int neighbor) {
        double[] radii = Arrays.stream(centers)
                .mapToDouble(center -> Arrays.stream(centers)
                        .mapToDouble(other -> distance(center, other))
                        .sorted()
                        .skip(neighbor)
                        .findFirst()
                        .orElseThrow())
                .toArray();
        return Arrays.stream(points)
                        .filter(point -> IntStream.range(0, centers.length)
                                .anyMatch(i -> distance(point, centers[i]) <= radii[i]))
                        .count()
                / (double) points.length;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }

    private static double[][] rows(NDArray cloud) {
        int width = Math.toIntExact(cloud.getShape().get(1));
        double[] flat = cloud.toType(DataType.FLOAT64, true).toDoubleArray();
        return IntStream.range(0, flat.length / width)
                .mapToObj(i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width))
                .toArray(double[][]::new);
    }

    private NDArray cloud(long seed, int count, int width, double shift) {
        NDArray like = manager.zeros(new Shape(1));
        return Noise.seeded(seed, 0, 0).normal(new Shape(count, width), like).add(shift);
    }

    private NDArray normal(long seed, int count) {
        return Noise.seeded(seed, 0, 0).normal(new Shape(count, 2), manager.zeros(new Shape(1), DataType.FLOAT64));
    }

    private NDArray row(double... values) {
        return manager.create(values, new Shape(1, values.length)).duplicate();
    }
}
