package io.vae4j.experiments.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.WithoutGradient;
import io.vae4j.models.LinearGaussianMarginal;
import io.vae4j.models.Vae;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against log p(x) of the linear-Gaussian model, which is known. */
class BoundEstimateTest {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void withTheExactPosteriorEveryWeightIsTheLikelihoodAndTheErrorIsZero() {
        BoundEstimate estimate = estimate(LikelihoodBound.IWAE, 0, 10, 1);
        double[] exact = exact();

        for (int i = 0; i < exact.length; i++) {
            assertThat(estimate.bound()[i]).isCloseTo(exact[i], within(1e-4));
            assertThat(estimate.standardError()[i]).isLessThan(1e-4);
            assertThat(estimate.effectiveSampleSize()[i]).isCloseTo(10, within(1e-3));
        }
    }

    @Test
    void theImportanceWeightedEstimateLiesWithinItsStandardErrorsOfTheExactLikelihood() {
        BoundEstimate estimate = estimate(LikelihoodBound.IWAE, 0.2, 5000, 1);
        double[] exact = exact();

        for (int i = 0; i < exact.length; i++) {
            assertThat(estimate.standardError()[i]).isBetween(1e-4, 0.2);
            assertThat((estimate.bound()[i] - exact[i]) / estimate.standardError()[i])
                    .as("example %d", i)
                    .isBetween(-4.0, 4.0);
        }
    }

    @Test
    void theStandardErrorsAreTheSpreadOverSeeds() {
        for (LikelihoodBound bound : LikelihoodBound.values()) {
            double[] estimates = new double[400];
            double[] errors = new double[400];
            for (int seed = 0; seed < estimates.length; seed++) {
                BoundEstimate estimate = estimate(bound, 0.1, 100, seed);
                estimates[seed] = estimate.bound()[0];
                errors[seed] = estimate.standardError()[0];
            }
            assertThat(StatUtils.mean(errors))
                    .as(bound.name())
                    .isCloseTo(Math.sqrt(StatUtils.variance(estimates)), withinPercentage(15));
        }
    }

    @Test
    void theElboLiesBelowByTheDivergenceOfThePosterior() {
        BoundEstimate elbo = estimate(LikelihoodBound.ELBO, 0.2, 5000, 1);
        double[] exact = exact();
        // KL(N(m + s, e^{2s} v) || N(m, v)) of each latent, with v = 1 / precision
        double kl = 0;
        for (int d = 0; d < 2; d++) {
            double precision = 1;
            for (double[] row : ExactModel.W) {
                precision += row[d] * row[d] / (ExactModel.SIGMA * ExactModel.SIGMA);
            }
            kl += 0.5 * (Math.exp(0.4) + 0.04 * precision - 1) - 0.2;
        }

        for (int i = 0; i < exact.length; i++) {
            assertThat((elbo.bound()[i] - exact[i] + kl) / elbo.standardError()[i])
                    .isBetween(-4.0, 4.0);
        }
    }

    @Test
    void oneSampleSaysNothingOfItsError() {
        assertThat(estimate(LikelihoodBound.IWAE, 0.1, 1, 1).standardError()).containsOnly(Double.NaN);
        assertThat(estimate(LikelihoodBound.ELBO, 0.1, 1, 1).standardError()).containsOnly(Double.NaN);
    }

    private NDArray x() {
        return manager.create(new float[][] {{1.5f, 0.4f, 0.8f, 1.2f}, {-1, 0, -2, 0.3f}, {0.3f, -0.2f, 0.1f, 0.5f}});
    }

    private BoundEstimate estimate(LikelihoodBound bound, double shift, long samples, long seed) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = manager.newSubManager()) {
                Vae model = ExactModel.of(scratch, shift);
                NDArray x = x();
                x.attach(scratch);
                return BoundEstimate.of(
                        bound,
                        3,
                        samples,
                        100,
                        (count, number) -> model.boundTerms(
                                        ExactModel.pass(scratch, seed, number), x, Condition.none(), count)
                                .logWeight());
            }
        });
    }

    private double[] exact() {
        return WithoutGradient.compute(
                () -> LinearGaussianMarginal.of(ExactModel.of(manager, 0), ExactModel.pass(manager, 0, 0))
                        .orElseThrow()
                        .logProb(x())
                        .toDoubleArray());
    }
}
