package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class DiagonalNormalTest extends EngineTest {

    private static final double[] LOC = {0.3, -1.2};
    private static final double[] LOG_SCALE = {-0.7, 0.4};

    @Test
    void logProbIsTheSumOfUnivariateLogDensities() {
        double[] at = {0.9, -2};
        double expected = 0;
        for (int i = 0; i < 2; i++) {
            expected += new NormalDistribution(LOC[i], Math.exp(LOG_SCALE[i])).logDensity(at[i]);
        }

        assertThat(normal().logProb(array(at).reshape(1, 2)).toDoubleArray())
                .containsExactly(new double[] {expected}, within(1e-12));
    }

    @Test
    void theDensityOfADrawIsTheDensityAtTheDraw() {
        Sample draw = normal().rsample(Noise.seeded(1, 0, 0), 5);

        assertThat(draw.value().getShape()).isEqualTo(new Shape(5, 1, 2));
        assertThat(draw.logProb().orElseThrow().get().toDoubleArray())
                .containsExactly(normal().logProb(draw.value()).toDoubleArray(), within(1e-10));
    }

    @Test
    void klOfADistributionWithItselfIsZero() {
        assertThat(normal().kl(normal()).orElseThrow().getDouble(0, 0)).isCloseTo(0, within(1e-15));
    }

    @Test
    void klAgreesWithMonteCarlo() {
        DiagonalNormal other = new DiagonalNormal(
                array(-0.5, 0.2).reshape(1, 1, 2), array(0.1, -0.3).reshape(1, 1, 2), 1);
        for (Distribution p : new Distribution[] {other, StandardNormal.over(other.loc(), 2)}) {
            NDArray samples = normal().sample(Noise.seeded(2, 0, 0), 200_000);
            NDArray ratio = normal().logProb(samples).sub(p.logProb(samples));
            double mean = ratio.mean().getDouble();
            double error = Math.sqrt((ratio.square().mean().getDouble() - mean * mean) / 200_000);

            assertThat(normal().kl(p).orElseThrow().getDouble(0, 0)).isCloseTo(mean, within(4 * error));
        }
    }

    @Test
    void gradientsOfSamplesAndDivergenceAgreeWithFiniteDifferences() {
        NDArray eps = Noise.seeded(3, 0, 0).normal(new Shape(4, 1, 2), array(0));
        NDArray at = array(0.3, -1.2, -0.7, 0.4);

        assertThat(gradient(p -> score(p, eps), at).toDoubleArray())
                .containsExactly(differences(p -> score(p, eps), at), within(1e-7));
    }

    @Test
    void shapesThatDisagreeAreNamed() {
        assertThatThrownBy(() -> new DiagonalNormal(array(1, 2), array(1), 1))
                .hasMessageContaining("(2)")
                .hasMessageContaining("(1)");
    }

    @Test
    void moreThanOneDrawBelowTheFirstLayerIsRefused() {
        NDArray loc = manager.zeros(new Shape(3, 1, 2));
        DiagonalNormal lower = new DiagonalNormal(loc, loc, 1);

        assertThat(lower.rsample(Noise.engine(), 1).value().getShape()).isEqualTo(new Shape(3, 1, 2));
        assertThatThrownBy(() -> lower.rsample(Noise.engine(), 2)).hasMessageContaining("3 samples");
        assertThatThrownBy(() -> lower.sample(Noise.engine(), 0)).hasMessageContaining("0 samples");
    }

    private NDArray score(NDArray parameters, NDArray eps) {
        NDArray loc = parameters.get("0:2").reshape(1, 1, 2);
        DiagonalNormal q = new DiagonalNormal(loc, parameters.get("2:4").reshape(1, 1, 2), 1);
        Sample draw = q.rsample(Noise.given(java.util.List.of(eps)), 4);
        NDArray kl = q.kl(StandardNormal.over(loc, 2)).orElseThrow();
        return draw.value().sin().sum().add(q.logProb(draw.value()).sum()).add(kl.sum());
    }

    private DiagonalNormal normal() {
        return new DiagonalNormal(array(LOC).reshape(1, 1, 2), array(LOG_SCALE).reshape(1, 1, 2), 1);
    }
}
