package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectiveTest extends EngineTest {

    @Test
    void theElboIsReconstructionPlusBetaTimesKl() {
        BoundTerms terms = boundTerms(2, Optional.empty());
        double reconstruction = -(-3 - 5) / 2.0;

        double kl = terms.kl().getDouble(0);
        assertThat(new Elbo(1, 2).loss(terms).getDouble(0)).isCloseTo(reconstruction + kl, within(1e-12));
        assertThat(new Elbo(4, 2).loss(terms).getDouble(0)).isCloseTo(reconstruction + 4 * kl, within(1e-12));
        assertThat(terms.elbo().getDouble(0)).isCloseTo(-reconstruction - kl, within(1e-12));
    }

    @Test
    void theImportanceWeightedBoundIsTheLogOfTheMeanWeight() {
        BoundTerms terms = boundTerms(2, Optional.empty());
        double[] logWeight = terms.logWeight().toDoubleArray();

        assertThat(new Iwae(2).loss(terms).getDouble(0))
                .isCloseTo(-Math.log((Math.exp(logWeight[0]) + Math.exp(logWeight[1])) / 2), within(1e-10));
    }

    @Test
    void withOneDrawTheImportanceWeightedBoundIsTheElboWithTheSampledKl() {
        BoundTerms terms = boundTerms(1, Optional.empty());
        double sampledKl = terms.layers().get(0).sampledKl().getDouble(0, 0);

        assertThat(new Iwae(1).loss(terms).getDouble(0)).isCloseTo(3 + sampledKl, within(1e-12));
    }

    @Test
    void aPenaltyOfThePosteriorReachesEveryObjective() {
        BoundTerms plain = boundTerms(1, Optional.empty());
        BoundTerms penalized = boundTerms(1, Optional.of(array(7)));

        for (Objective objective : List.of(new Elbo(), new Iwae(1))) {
            assertThat(objective.loss(penalized).getDouble(0))
                    .isCloseTo(objective.loss(plain).getDouble(0) + 7, within(1e-12));
        }
    }

    @Test
    void impossibleSettingsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> new Iwae(0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new Elbo(1, -1)).hasMessageContaining("samples is -1");
        assertThatThrownBy(() -> new Elbo(Double.NaN, 1)).hasMessageContaining("beta is NaN");
        assertThatThrownBy(() -> new Elbo(-1, 1)).hasMessageContaining("beta is -1.0");
    }

    @Test
    void weightsAreTheBoundsDerivativesAndThePathFactorTheirCorrection() {
        NDArray logWeight = array(-1, 0.5, 0.2, -2).reshape(4, 1);
        for (ImportanceWeightedObjective bound :
                List.of(new Iwae(4), new Miwae(2, 2), new Ciwae(0.3, 4), new Ciwae(0, 4))) {
            double[] weights = bound.weights(logWeight).toDoubleArray();
            double[] factors = bound.pathFactor(logWeight).toDoubleArray();

            assertThat(weights)
                    .as(bound.toString())
                    .containsExactly(differences(w -> bound.bound(w).sum(), logWeight), within(1e-8));
            for (int i = 0; i < 4; i++) {
                int draw = i;
                double slope = differences(w -> bound.weights(w).get(draw).sum(), logWeight)[i];
                assertThat(factors[i]).as(bound.toString()).isCloseTo(1 - slope / weights[i], within(1e-8));
            }
        }
    }

    @Test
    void aDrawWhoseWeightUnderflowsHasNoPathAndSpoilsNoOther() {
        NDArray logWeight = array(0, -2000).reshape(2, 1);

        for (ImportanceWeightedObjective bound : List.of(new Iwae(2), new Ciwae(0, 2))) {
            assertThat(bound.pathFactor(logWeight).toDoubleArray())
                    .as(bound.toString())
                    .containsExactly(1, 0);
        }
    }

    @Test
    void theSampledKlMakesTheElboTheMeanLogWeight() {
        BoundTerms terms = boundTerms(2, Optional.empty());
        double mean = terms.logWeight().mean().getDouble();

        assertThat(new Elbo(1, 2, KlEstimate.MONTE_CARLO).loss(terms).getDouble(0))
                .isCloseTo(-mean, within(1e-12));
        assertThat(new Miwae(2, 1).loss(terms).getDouble(0)).isCloseTo(-mean, within(1e-12));
        assertThat(new Ciwae(1, 2).loss(terms).getDouble(0)).isCloseTo(-mean, within(1e-12));
    }

    @Test
    void theCapacityIsADistanceOfTheKl() {
        BoundTerms terms = boundTerms(1, Optional.empty());
        double kl = terms.kl().getDouble(0);

        for (CapacityElbo.Held held : CapacityElbo.Held.values()) {
            assertThat(new CapacityElbo(5, kl + 2, held).loss(terms).getDouble(0))
                    .isCloseTo(3 + 5 * 2, within(1e-10));
            assertThat(new CapacityElbo(5, 0, held).loss(terms).getDouble(0)).isCloseTo(3 + 5 * kl, within(1e-10));
        }
    }

    @Test
    void freeBitsAreAFloorOfTheKl() {
        BoundTerms terms = boundTerms(1, Optional.empty());

        assertThat(new FreeBits(0, 1).loss(terms).getDouble(0))
                .isCloseTo(new Elbo().loss(terms).getDouble(0), within(1e-10));
        // this layer knows no divergence per dimension and is one group
        assertThat(new FreeBits(40, 1).loss(terms).getDouble(0)).isCloseTo(3 + 40, within(1e-10));
    }

    private BoundTerms boundTerms(int samples, Optional<NDArray> penalty) {
        DiagonalNormal q = new DiagonalNormal(
                array(0.5, -1).reshape(1, 1, 2), array(-0.2, 0.3).reshape(1, 1, 2), 1);
        StandardNormal prior = StandardNormal.over(q.loc(), 2);
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), samples);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        StochasticLayer layer = new StochasticLayer(
                inference, Memoized.of(() -> prior.logProb(draw.value())), Memoized.of(() -> q.kl(prior)));
        NDArray logLikelihood = (samples == 1 ? array(-3) : array(-3, -5)).reshape(samples, 1);
        return new BoundTerms(logLikelihood, List.of(layer), penalty);
    }
}
