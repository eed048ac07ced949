package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.EnumeratedIntegerDistribution;
import org.apache.commons.math3.distribution.LaplaceDistribution;
import org.apache.commons.math3.distribution.LogisticDistribution;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Densities against those of commons-math3, and against their papers' formulas where it has none. */
class ReferenceDensityTest extends EngineTest {

    @Test
    void laplaceIsThatOfTheReference() {
        LaplaceDistribution reference = new LaplaceDistribution(0.3, Math.exp(-0.7));
        Laplace ours = new Laplace(one(0.3), one(-0.7), 1);

        for (double x : new double[] {-30, 0, 0.3, 0.31, 12}) {
            assertThat(logProb(ours, x)).isCloseTo(reference.logDensity(x), within(1e-12));
        }
    }

    @Test
    void aLaplaceDrawIsTheQuantileOfItsUniform() {
        LaplaceDistribution reference = new LaplaceDistribution(0.3, Math.exp(-0.7));
        for (double u : new double[] {0.01, 0.4, 0.5, 0.999}) {
            NDArray draw = new Laplace(one(0.3), one(-0.7), 1)
                    .rsample(Noise.given(List.of(one(u))), 1)
                    .value();
            assertThat(draw.getDouble(0, 0, 0)).isCloseTo(reference.inverseCumulativeProbability(u), within(1e-12));
        }
    }

    @Test
    void drawsAreFiniteAtBothEndsOfTheUniform() {
        for (double end : new double[] {0, 1}) {
            Noise noise = Noise.given(List.of(one(end)));
            double draw =
                    new Laplace(one(0), one(0), 1).rsample(noise, 1).value().getDouble(0, 0, 0);

            assertThat(Math.abs(draw)).isBetween(15.0, 17.0);
        }
    }

    @Test
    void aLearnedLogScaleStaysWithinItsBound() {
        NDArray bounded = LocationScale.boundedLogScale(array(-1e6, 0, 0.01, 1e6));

        assertThat(bounded.toDoubleArray()).containsExactly(new double[] {-10, 0, 0.01, 10}, within(1e-8));
    }

    @Test
    void bernoulliIsThatOfTheReference() {
        Bernoulli ours = new Bernoulli(one(Math.log(0.3 / 0.7)), 1);

        for (int x : new int[] {0, 1}) {
            assertThat(logProb(ours, x)).isCloseTo(new BinomialDistribution(1, 0.3).logProbability(x), within(1e-12));
        }
    }

    @Test
    void categoricalIsThatOfTheReferenceWhateverConstantTheLogitsCarry() {
        double[] probabilities = {0.2, 0.5, 0.3};
        EnumeratedIntegerDistribution reference = new EnumeratedIntegerDistribution(new int[] {0, 1, 2}, probabilities);
        NDArray logits = array(probabilities).log().add(array(5)).reshape(1, 1, 3);
        Categorical ours = new Categorical(logits, 1);

        for (int code = 0; code < 3; code++) {
            NDArray value = Categorical.oneHot(array(code), 3, logits);
            assertThat(ours.logProb(value).getDouble(0, 0))
                    .isCloseTo(Math.log(reference.probability(code)), within(1e-12));
        }
    }

    @Test
    void aLevelHasTheProbabilityOfItsInterval() {
        LogisticDistribution reference = new LogisticDistribution(0.4, Math.exp(-2));
        DiscretizedLogistic ours = new DiscretizedLogistic(one(0.4), one(-2), 1);

        for (int level : new int[] {0, 1, 100, 102, 254, 255}) {
            double below = level == 0 ? 0 : reference.cumulativeProbability((level - 0.5) / 255);
            double above = level == 255 ? 1 : reference.cumulativeProbability((level + 0.5) / 255);
            assertThat(logProb(ours, level / 255.0)).isCloseTo(Math.log(above - below), within(1e-10));
        }
    }

    /**
     * 1/2 of the distance 1 at the scale exp(-6): the mass is about exp(-200), far below what a difference resolves.
     */
    @Test
    void aLevelFarOutHasTheExponentialTail() {
        DiscretizedLogistic ours = new DiscretizedLogistic(one(0), one(-6), 1);
        double x = 128 / 255.0;
        double halfWidth = Math.exp(6) * 0.5 / 255;

        assertThat(logProb(ours, x)).isCloseTo(-Math.exp(6) * x + Math.log(2 * Math.sinh(halfWidth)), within(1e-10));
    }

    @Test
    void theContinuousBernoulliIsTheFormulaOfItsPaper() {
        for (double p : new double[] {1e-4, 0.1, 0.4, 0.499, 0.55, 0.61, 0.9999}) {
            double logNormalizer = Math.log(Math.log((1 - p) / p) / (1 - 2 * p));
            for (double x : new double[] {0, 0.25, 1}) {
                assertThat(logProb(new ContinuousBernoulli(one(Math.log(p / (1 - p))), 1), x))
                        .isCloseTo(x * Math.log(p) + (1 - x) * Math.log(1 - p) + logNormalizer, within(1e-11));
            }
        }
        assertThat(logProb(new ContinuousBernoulli(one(0), 1), 0.7)).isZero();
    }

    /** Where the Taylor branch ends: |l| = 0.4 for density and mean, 0.02 for samples. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, -0.4, 0.02, -0.02})
    void theBranchesOfTheContinuousBernoulliMeet(double edge) {
        ContinuousBernoulli before = new ContinuousBernoulli(one(edge * (1 - 1e-13)), 1);
        ContinuousBernoulli after = new ContinuousBernoulli(one(edge * (1 + 1e-13)), 1);

        assertThat(before.logNormalizer().getDouble(0, 0, 0))
                .isCloseTo(after.logNormalizer().getDouble(0, 0, 0), within(2e-13));
        assertThat(before.mean().getDouble(0, 0, 0)).isCloseTo(after.mean().getDouble(0, 0, 0), within(2e-13));
        for (double u : new double[] {0.01, 0.3, 0.8}) {
            assertThat(drawn(before, u)).isCloseTo(drawn(after, u), within(1e-12));
        }
    }

    @Test
    void anExtremeContinuousBernoulliIsAnExponentialDistributionAtItsEnd() {
        assertThat(logProb(new ContinuousBernoulli(one(-100), 1), 0.01)).isCloseTo(Math.log(100) - 1, within(1e-12));
        assertThat(new ContinuousBernoulli(one(100), 1).mean().getDouble(0, 0, 0))
                .isCloseTo(0.99, within(1e-12));
    }

    @Test
    void aMixtureOfNormalsIsThatOfTheReference() {
        double[][] means = {{0.3, -1.2}, {1, 2}};
        double[][][] covariances = {{{0.25, 0}, {0, 4}}, {{1, 0}, {0, 0.09}}};
        MixtureMultivariateNormalDistribution reference =
                new MixtureMultivariateNormalDistribution(new double[] {0.3, 0.7}, means, covariances);
        NDArray loc = array(0.3, -1.2, 1, 2).reshape(1, 1, 2, 2);
        NDArray logScale = array(0.5, 2, 1, 0.3).log().reshape(1, 1, 2, 2);
        Mixture ours = new Mixture(array(0.3, 0.7).log().reshape(1, 1, 2), new DiagonalNormal(loc, logScale, 1));

        for (double[] x : new double[][] {{0, 0}, {1, 2}, {-3, 4}}) {
            assertThat(ours.logProb(array(x).reshape(1, 2)).getDouble(0, 0))
                    .isCloseTo(Math.log(reference.density(x)), within(1e-12));
        }
    }

    @Test
    void independentCopiesSumOverTheirAxes() {
        Laplace elements = new Laplace(
                array(1, 2, 3, 4, 5, 6).reshape(1, 1, 3, 2),
                array(0, 0, 0, 1, 1, 1).reshape(1, 1, 3, 2),
                0);
        Distribution inner = Independent.of(elements, 1);
        Distribution outer = Independent.of(inner, 1);
        NDArray value = array(0, 0, 0, 0, 0, 0).reshape(1, 3, 2);

        assertThat(outer.eventRank()).isEqualTo(2);
        assertThat(outer.logProb(value).getDouble(0, 0))
                .isCloseTo(
                        new Laplace(elements.loc(), elements.logScale(), 2)
                                .logProb(value)
                                .getDouble(0, 0),
                        within(1e-12));
        assertThat(outer.kl(inner)).isEmpty();
    }

    private NDArray one(double value) {
        return array(value).reshape(1, 1, 1);
    }

    private double logProb(Distribution distribution, double x) {
        return distribution.logProb(array(x).reshape(1, 1)).getDouble(0, 0);
    }

    private double drawn(ContinuousBernoulli distribution, double u) {
        Noise noise = Noise.given(List.of(one(u)));
        return distribution.rsample(noise, 1).value().getDouble(0, 0, 0);
    }
}
