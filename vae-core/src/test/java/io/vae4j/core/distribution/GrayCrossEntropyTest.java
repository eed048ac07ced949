package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import org.junit.jupiter.api.Test;

class GrayCrossEntropyTest extends EngineTest {

    private static final double[] P = {0.2, 0.9};
    private static final double[] GRAY = {0.35, 0.6};

    @Test
    void itIsTheCrossEntropyOfGrayLevels() {
        double[] expected = new double[2];
        for (int j = 0; j < 2; j++) {
            expected[j] = GRAY[j] * Math.log(P[j]) + (1 - GRAY[j]) * Math.log(1 - P[j]);
        }
        NDArray value = array(GRAY).reshape(1, 2);

        assertThat(gray().logProbEach(value).toDoubleArray()).containsExactly(expected, within(1e-14));
        assertThat(gray().logProb(value).getDouble(0, 0)).isCloseTo(expected[0] + expected[1], within(1e-14));
    }

    @Test
    void itsMeanIsTheProbabilityAndItsSamplesAreBitsOfIt() {
        int samples = 20_000;
        NDArray bits = gray().sample(Noise.seeded(1, 0, 0), samples);

        assertThat(gray().mean().toDoubleArray()).containsExactly(P, within(1e-15));
        assertThat(bits.getShape()).isEqualTo(new Shape(samples, 1, 2));
        Support.BINARY.check(bits);
        for (int j = 0; j < 2; j++) {
            double error = Math.sqrt(P[j] * (1 - P[j]) / samples);
            assertThat(bits.get(":, 0, " + j).mean().getDouble()).isCloseTo(P[j], within(4 * error));
        }
    }

    @Test
    void itsGradientIsTheResidueAlsoWhereLogitsAreExtreme() {
        NDArray logits = array(-100, -1, 2, 100).reshape(1, 1, 4);
        NDArray gray = array(0.25, 0.5, 0.75, 1).reshape(1, 4);

        assertThat(gradient(l -> new GrayCrossEntropy(new Bernoulli(l, 1)).logProb(gray), logits)
                        .toDoubleArray())
                .containsExactly(
                        new double[] {0.25, 0.5 - 1 / (1 + Math.E), 0.75 - 1 / (1 + Math.exp(-2)), 0}, within(1e-12));
        assertThat(new GrayCrossEntropy(new Bernoulli(logits, 1)).logProb(gray).getDouble(0, 0))
                .isCloseTo(-25 - 0.5 - Math.log1p(Math.exp(-1)) + 1.5 - Math.log1p(Math.exp(2)), within(1e-12));
    }

    /** It is no density: neither divergence nor entropy mean anything. */
    @Test
    void itClaimsNoDivergenceAndNoEntropy() {
        assertThat(gray().kl(gray())).isEmpty();
        assertThat(gray().klEach(gray())).isEmpty();
        assertThat(gray().entropy()).isEmpty();
    }

    @Test
    void shapesAndRangesAreThoseOfItsBits() {
        assertThat(gray().eventRank()).isEqualTo(1);
        assertThat(gray().shape()).isEqualTo(new Shape(1, 1, 2));
        assertThat(gray().support()).isEqualTo(Support.UNIT_INTERVAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(
                        new GrayCrossEntropy(new Bernoulli(array(Double.NaN, 0).reshape(1, 1, 2), 1))))
                .withMessageContaining("element 0 of logits");
    }

    private GrayCrossEntropy gray() {
        NDArray p = array(P).reshape(1, 1, 2);
        return new GrayCrossEntropy(
                new Bernoulli(p.log().sub(p.onesLike().sub(p).log()), 1));
    }
}
