package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.HeatMap;
import io.vae4j.experiments.drawing.ScatterChart;
import io.vae4j.experiments.evaluation.MarginalDensity;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.LinearGaussianMarginal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Densities over the plane, on the model whose p(x) is a known Gaussian. */
class DensityPlaneTest {

    private static final FigureOptions OPTIONS =
            new FigureOptions(0, OptionalInt.of(80), OptionalInt.of(200), List.of(), Optional.empty());

    @TempDir
    private static Path home;

    private static SmallRun line;

    @BeforeAll
    static void train() throws Exception {
        line = SmallRun.train(home.resolve("line"), "ppca", SmallRun.points(), "model.latent=1", "train.epochs=20");
    }

    @AfterAll
    static void close() {
        line.close();
    }

    @Test
    void theEstimateIsTheExactDensityAmongTheData() {
        double[][] points = {{0, 0}, {1, 0.5}, {-1, -0.5}, {0.5, 0.6}};
        double[] estimated = new MarginalDensity(line.subject().trained(), 20_000, 0).log(points);
        for (int i = 0; i < points.length; i++) {
            assertThat(estimated[i]).as("point %d", i).isCloseTo(exact(points[i]), within(0.05));
        }
    }

    /** There the encoder's q may miss the posterior, and the prior's samples do not. */
    @Test
    void farFromTheDataItLacksNoMoreThanLogTwo() {
        double[][] points = {{2.5, 1.5}, {-1, 1}, {3, 0}, {-2.5, -2}};
        double[] estimated = new MarginalDensity(line.subject().trained(), 20_000, 0).log(points);
        for (int i = 0; i < points.length; i++) {
            double truth = exact(points[i]);
            assertThat(estimated[i]).as("point %d", i).isBetween(truth - Math.log(2) - 0.1, truth + 0.1);
        }
    }

    @Test
    void pointsBeyondOnePortionHaveTheirPlace() {
        MarginalDensity density = new MarginalDensity(line.subject().trained(), 100, 0);
        double[][] many = new double[250][];
        for (int i = 0; i < many.length; i++) {
            many[i] = new double[] {0.01 * i, -0.01 * i};
        }
        double[] all = density.log(many);
        assertThat(density.log(new double[][] {many[0], many[249]})[0]).isCloseTo(all[0], within(0.3));
        assertThat(all).hasSize(250);
    }

    @Test
    void dataSamplesAndMapAreShownAndTheMapHoldsNearlyAllTheMass() {
        Drawing drawing = Figures.named("density").draw(List.of(line.subject()), OPTIONS);
        HeatMap map = (HeatMap) drawing.panels().get(2);
        double mass = number(drawing, ".*integrates to ([0-9.]+) over.*");

        assertThat(((ScatterChart) drawing.panels().get(0)).clouds().get(0).points())
                .hasSize(80);
        assertThat(((ScatterChart) drawing.panels().get(1)).clouds().get(0).points())
                .hasSizeBetween(60, 80);
        assertThat(mass).isBetween(0.9, 1.05);
        assertThat(map.values()).hasDimensions(60, 60);
        assertThat(map.values()[30][30]).isGreaterThan(map.values()[59][0]);
    }

    /** By the exact density, and by commons-math3's of the points' own mean and covariance. */
    @Test
    void theCaptionComparesTheModelWithOneGaussian() {
        double[][] points = shown();
        double[] mean = new double[2];
        Arrays.setAll(mean, d -> column(points, d).average().orElseThrow());
        RealMatrix covariance = new Covariance(points, false).getCovarianceMatrix();
        MultivariateNormalDistribution fitted = new MultivariateNormalDistribution(mean, covariance.getData());
        Drawing drawing = Figures.named("density").draw(List.of(line.subject()), OPTIONS);

        assertThat(number(drawing, ".*of the data shown is (-[0-9.]+) nats.*"))
                .isCloseTo(average(points, DensityPlaneTest::exact), within(0.1));
        assertThat(number(drawing, ".*of one fitted Gaussian is (-[0-9.]+[0-9]).*"))
                .isCloseTo(average(points, x -> Math.log(fitted.density(x))), within(0.006));
    }

    private static double[][] shown() {
        try (NDManager scratch = line.subject().trained().newManager()) {
            float[] flat = line.subject().examples(scratch, 0, 80, 0).x().toFloatArray();
            double[][] points = new double[80][];
            Arrays.setAll(points, i -> new double[] {flat[2 * i], flat[2 * i + 1]});
            return points;
        }
    }

    private static DoubleStream column(double[][] points, int d) {
        return Arrays.stream(points).mapToDouble(point -> point[d]);
    }

    private static double average(double[][] points, ToDoubleFunction<double[]> of) {
        return Arrays.stream(points).mapToDouble(of).average().orElseThrow();
    }

    private static double number(Drawing drawing, String pattern) {
        return Double.parseDouble(drawing.caption().replaceAll(pattern, "$1"));
    }

    /** log p(x) of the trained line, exactly. */
    private static double exact(double... x) {
        TrainedModel trained = line.subject().trained();
        try (NDManager scratch = trained.newManager()) {
            NDArray point = scratch.create(x, new Shape(1, 2)).duplicate();
            return LinearGaussianMarginal.of(trained.model(), trained.sampling(scratch, 0, 0))
                    .orElseThrow()
                    .logProb(point)
                    .getDouble();
        }
    }
}
