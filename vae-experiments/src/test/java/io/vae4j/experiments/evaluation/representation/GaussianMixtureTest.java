package io.vae4j.experiments.evaluation.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

/** Expectation maximization against scikit-learn's, densities against commons-math3's. */
class GaussianMixtureTest {

    private static final double[][] UNIT = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    @Test
    void fromTheSameStartItEndsWhereScikitLearnEnds() {
        double[][] start = ScikitLearn.matrix("start");
        GaussianMixture from = new GaussianMixture(
                List.of(GaussianComponent.of(0.5, start[0], UNIT), GaussianComponent.of(0.5, start[1], UNIT)));

        GaussianMixture fitted = GaussianMixture.from(ScikitLearn.matrix("x"), from, 2000, 1e-12);

        double[] weights = ScikitLearn.at("/weights", double[].class);
        double[][] means = ScikitLearn.matrix("means");
        for (int k = 0; k < 2; k++) {
            assertThat(fitted.components().get(k).weight()).isCloseTo(weights[k], within(1e-4));
            assertThat(fitted.components().get(k).mean()).containsExactly(means[k], within(1e-3));
        }
        double[][] held = ScikitLearn.matrix("held");
        double[] expected = ScikitLearn.at("/logDensity", double[].class);
        for (int n = 0; n < held.length; n++) {
            assertThat(fitted.logDensity(held[n])).isCloseTo(expected[n], within(1e-3));
        }
    }

    @Test
    void theDensityIsThatOfTheMixedGaussians() {
        double[][] covariance = {{2, 0.3, 0}, {0.3, 1, -0.2}, {0, -0.2, 0.5}};
        double[] mean = {1, -1, 0};
        GaussianMixture mixture = new GaussianMixture(
                List.of(GaussianComponent.of(0.3, mean, covariance), GaussianComponent.of(0.7, new double[3], UNIT)));
        double[] point = {0.4, 0.1, -2};

        double first = new MultivariateNormalDistribution(mean, covariance).density(point);
        double second = new MultivariateNormalDistribution(new double[3], UNIT).density(point);

        assertThat(mixture.logDensity(point)).isCloseTo(Math.log(0.3 * first + 0.7 * second), within(1e-10));
        // where both densities underflow, their logarithm does not
        assertThat(mixture.logDensity(100, 100, 100)).isBetween(-20_000.0, -10_000.0);
    }

    @Test
    void samplesHaveItsMeanAndCovariance() {
        double[][] covariance = {{2, 0.3, 0}, {0.3, 1, -0.2}, {0, -0.2, 0.5}};
        GaussianMixture mixture =
                new GaussianMixture(List.of(GaussianComponent.of(1, new double[] {1, -1, 0}, covariance)));

        double[][] found = new Covariance(mixture.sample(40_000, new SplittableRandom(0)))
                .getCovarianceMatrix()
                .getData();

        for (int i = 0; i < 3; i++) {
            assertThat(found[i]).containsExactly(covariance[i], within(0.06)); // four standard errors
        }
    }

    @Test
    void itFindsSeparateClustersWithTheirWeights() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] points = new double[400][];
        Arrays.setAll(points, n -> new double[] {(n % 4 == 0 ? 30 : 0) + random.nextGaussian(), random.nextGaussian()});

        GaussianMixture fitted = GaussianMixture.fit(points, 2, 0);

        assertThat(fitted.components().stream().map(GaussianComponent::weight).sorted())
                .satisfiesExactly(
                        small -> assertThat(small).isCloseTo(0.25, within(1e-9)),
                        large -> assertThat(large).isCloseTo(0.75, within(1e-9)));
        assertThat(GaussianMixture.fit(points, 2, 0).logDensity(3, 4)).isEqualTo(fitted.logDensity(3, 4));
    }

    /** A collapsed dimension, or all examples alike: the regularization keeps the density finite. */
    @Test
    void pointsThatAreAllTheSameHaveAFiniteDensity() {
        double[][] points = new double[20][2];

        assertThat(GaussianMixture.fit(points, 3, 0).logDensity(0, 0)).isFinite();
    }

    @Test
    void moreComponentsThanPointsAreRefused() {
        assertThatThrownBy(() -> GaussianMixture.fit(new double[2][1], 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 components were asked for and there are 2 points");
    }
}
