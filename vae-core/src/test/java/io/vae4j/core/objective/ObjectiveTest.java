package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Lazy;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.Layer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectiveTest extends EngineTest {

    @Test
    void theElboIsReconstructionPlusBetaTimesKl() {
        Evidence evidence = evidence(2, Optional.empty());
        double reconstruction = -(-3 - 5) / 2.0;

        double kl = evidence.kl().getDouble(0);
        assertThat(new Elbo(1, 2).loss(evidence).getDouble(0)).isCloseTo(reconstruction + kl, within(1e-12));
        assertThat(new Elbo(4, 2).loss(evidence).getDouble(0)).isCloseTo(reconstruction + 4 * kl, within(1e-12));
        assertThat(evidence.elbo().getDouble(0)).isCloseTo(-reconstruction - kl, within(1e-12));
    }

    @Test
    void theImportanceWeightedBoundIsTheLogOfTheMeanWeight() {
        Evidence evidence = evidence(2, Optional.empty());
        double[] logWeight = evidence.logWeight().toDoubleArray();

        assertThat(new Iwae(2).loss(evidence).getDouble(0))
                .isCloseTo(-Math.log((Math.exp(logWeight[0]) + Math.exp(logWeight[1])) / 2), within(1e-10));
    }

    @Test
    void withOneDrawTheImportanceWeightedBoundIsTheElboWithTheSampledKl() {
        Evidence evidence = evidence(1, Optional.empty());
        double sampledKl = evidence.layers().get(0).sampledKl().getDouble(0, 0);

        assertThat(new Iwae(1).loss(evidence).getDouble(0)).isCloseTo(3 + sampledKl, within(1e-12));
    }

    @Test
    void aPenaltyOfThePosteriorReachesEveryObjective() {
        Evidence plain = evidence(1, Optional.empty());
        Evidence penalised = evidence(1, Optional.of(array(7)));

        for (Objective objective : List.of(new Elbo(), new Iwae(1))) {
            assertThat(objective.loss(penalised).getDouble(0))
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

    private Evidence evidence(int draws, Optional<NDArray> penalty) {
        DiagonalNormal q = new DiagonalNormal(
                array(0.5, -1).reshape(1, 1, 2), array(-0.2, 0.3).reshape(1, 1, 2), 1);
        StandardNormal prior = StandardNormal.over(q.loc(), 2);
        Draw draw = q.rsample(Noise.seeded(0, 0, 0), draws);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        Layer layer = new Layer(inference, Lazy.of(() -> prior.logProb(draw.value())), Lazy.of(() -> q.kl(prior)));
        NDArray logLikelihood = (draws == 1 ? array(-3) : array(-3, -5)).reshape(draws, 1);
        return new Evidence(logLikelihood, List.of(layer), penalty);
    }
}
