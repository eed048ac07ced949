package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code E_q[w] = p(x)} for every posterior, prior and likelihood that has a density, with p(x) by quadrature over one
 * or two latent dimensions. A new part is one line in {@link Combination}.
 */
class UnbiasedWeightTest extends ModelTest {

    private static final int DRAWS = 10_000;
    /** The relative standard error of a mean weight: what differs by 4 times as much is found. */
    private static final double POWER = 0.015;

    private static final long PILOT = 99;

    static Stream<Combination> combinations() {
        return Combination.all();
    }

    /** Under one likelihood, which says nothing about a prior. */
    static Stream<Combination> bits() {
        return Combination.all().filter(Combination::binary);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theMeanWeightIsTheMarginalLikelihood(Combination combination) {
        checkWeights(started(combination));
    }

    @ParameterizedTest
    @MethodSource("bits")
    void thePriorsSamplesFollowItsDensity(Combination combination) {
        checkPrior(started(combination));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void importanceWeightedBoundsOfIndependentSamplesStayBelowTheMarginalLikelihood(Combination combination) {
        started(combination);
        double[] exact = combination.logMarginal(evaluation(Noise.engine()), x(combination), condition(combination));
        for (int k : new int[] {1, 5, 50}) {
            int count = k == 50 ? 100 : 1000;
            NDArray bounds =
                    Ops.logMeanExp(logWeights(combination, (long) k * count, k).reshape(count, k, exact.length), 1);
            for (int example = 0; example < exact.length; example++) {
                Estimate bound = Estimate.of(bounds.get(":, {}", example));

                assertThat(bound.mean()).as("L_" + k).isLessThan(exact[example] + 4 * bound.error());
            }
        }
    }

    @Test
    void aPriorWhoseDensityIsFivePercentTooHighIsRefused() {
        Combination wrong = Combination.of(new Wrong.NormalPrior(0.05, 0), Combination.standardNormal());

        assertThatThrownBy(() -> checkWeights(started(wrong))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPriorWhoseSamplesAreShiftedIsRefused() {
        Combination wrong = Combination.of(new Wrong.NormalPrior(0, 0.3), Combination.standardNormal());

        checkWeights(started(wrong));
        assertThatThrownBy(() -> checkPrior(started(wrong))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPosteriorThatForgetsItsLogDeterminantIsRefused() {
        Combination wrong = Combination.of(new Wrong.NoiseDensityPosterior(), new StandardNormalPrior(1));

        assertThatThrownBy(() -> checkWeights(started(wrong))).isInstanceOf(AssertionError.class);
    }

    private void checkWeights(Combination combination) {
        double[] exact = combination.logMarginal(evaluation(Noise.engine()), x(combination), condition(combination));
        NDArray weights =
                logWeights(combination, enoughSamples(combination, exact), 0).exp();
        for (int example = 0; example < exact.length; example++) {
            Estimate weight = Estimate.of(weights.get(":, {}", example));
            double marginal = Math.exp(exact[example]);

            assertThat(weight.error()).as("power").isLessThan(POWER * marginal);
            assertThat(weight.mean()).isCloseTo(marginal, within(4 * weight.error()));
        }
    }

    /** How many samples bring the error well below {@link #POWER}, by a pilot sample that is not used again. */
    private long enoughSamples(Combination combination, double[] logMarginal) {
        NDArray pilot = logWeights(combination, DRAWS, PILOT).exp();
        double worst = IntStream.range(0, logMarginal.length)
                .mapToDouble(n -> Estimate.of(pilot.get(":, {}", n)).error() / Math.exp(logMarginal[n]))
                .max()
                .orElseThrow();
        return Math.round(DRAWS * Math.max(1, Math.pow(worst / (0.7 * POWER), 2)));
    }

    private void checkPrior(Combination combination) {
        NDArray x = x(combination);
        Condition condition = condition(combination);
        double[] exact = combination.logMarginal(evaluation(Noise.engine()), x, condition);
        NDArray likelihoods = combination
                .model()
                .generate(evaluation(Noise.seeded(8, 0, 0)), List.of(), DRAWS, condition)
                .logProb(x)
                .exp();
        for (int example = 0; example < exact.length; example++) {
            Estimate likelihood = Estimate.of(likelihoods.get(":, {}", example));

            assertThat(likelihood.mean()).isCloseTo(Math.exp(exact[example]), within(4 * likelihood.error()));
        }
        for (double mass : combination.priorMass(evaluation(Noise.engine()), condition)) {
            assertThat(mass).isCloseTo(1, within(1e-6));
        }
    }

    private NDArray logWeights(Combination combination, long samples, long seed) {
        return combination
                .model()
                .boundTerms(evaluation(Noise.seeded(seed, 7, 0)), x(combination), condition(combination), samples)
                .logWeight();
    }

    /** Initialized, with every posterior widened: lighter tails than the prior's would hide behind luck. */
    private Combination started(Combination combination) {
        Shape[] shapes = combination.conditioned()
                ? new Shape[] {new Shape(1, Models.PIXELS), new Shape(1, 2)}
                : new Shape[] {new Shape(1, Models.PIXELS)};
        combination.model().initialize(manager, DataType.FLOAT64, shapes);
        combination.model().getParameters().forEach(parameter -> {
            if (parameter.getKey().matches(".*posterior.*logScale_bias")) {
                parameter.getValue().getArray().addi(0.8);
            }
        });
        return combination;
    }

    /** Two examples. */
    private NDArray x(Combination combination) {
        NDArray bits = bits(2, DataType.FLOAT64);
        return combination.binary() ? bits : Ops.shift(Ops.scale(bits, 2), -0.7);
    }

    private Condition condition(Combination combination) {
        return combination.conditioned() ? Condition.given(manager.eye(2, 2, 0, DataType.FLOAT64)) : Condition.none();
    }

    /** A Monte Carlo mean and its standard error. */
    record Estimate(double mean, double error) {
        static Estimate of(NDArray values) {
            double mean = values.mean().getDouble();
            double variance = values.square().mean().getDouble() - mean * mean;
            return new Estimate(mean, Math.sqrt(variance / (double) values.size()));
        }
    }
}
