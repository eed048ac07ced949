package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import org.junit.jupiter.api.Test;

class BernoulliTest extends EngineTest {

    private static final double[] LOGITS = {-2, 0.5, 3};

    @Test
    void theProbabilitiesOfAllOutcomesSumToOne() {
        double total = 0;
        for (int code = 0; code < 8; code++) {
            NDArray bits = array(code & 1, (code >> 1) & 1, (code >> 2) & 1);
            total += Math.exp(bits().logProb(bits.reshape(1, 3)).getDouble(0, 0));
        }

        assertThat(total).isCloseTo(1, within(1e-12));
    }

    @Test
    void onBitsTheLogProbabilityIsTheSumOfItsElements() {
        NDArray bits = array(1, 0, 1).reshape(1, 3);

        assertThat(bits().logProb(bits).getDouble(0, 0))
                .isCloseTo(bits().logProbEach(bits).sum().getDouble(), within(1e-12));
    }

    @Test
    void anEventMayBeASingleBit() {
        NDArray logits = array(LOGITS).reshape(1, 3);
        NDArray ones = array(1, 1, 1).reshape(1, 3);

        assertThat(new Bernoulli(logits, 0).logProb(ones).getShape()).isEqualTo(new Shape(1, 3));
        assertThat(new Bernoulli(logits, 0).logProb(ones).getDouble(0, 1))
                .isCloseTo(-Math.log1p(Math.exp(-LOGITS[1])), within(1e-12));
    }

    @Test
    void theMeanIsTheProbabilityOfAOne() {
        assertThat(Math.exp(bits().logProbEach(
                                manager.ones(new Shape(1, 3), bits().logits().getDataType()))
                        .getDouble(0, 0, 1)))
                .isCloseTo(bits().mean().getDouble(0, 0, 1), within(1e-12));
    }

    @Test
    void extremeLogitsGiveFiniteValuesAndGradients() {
        NDArray at = array(-100, 100, -100, 100);
        NDArray target = array(1, 0, 0, 1);

        assertThat(new Bernoulli(at.reshape(1, 1, 4), 1)
                        .logProb(target.reshape(1, 4))
                        .getDouble(0, 0))
                .isCloseTo(-200, within(1e-9));
        assertThat(gradient(l -> new Bernoulli(l.reshape(1, 1, 4), 1).logProb(target.reshape(1, 4)), at)
                        .toDoubleArray())
                .containsExactly(new double[] {1, -1, 0, 0}, within(1e-9));
    }

    @Test
    void samplesHaveTheMeanAndAreBits() {
        NDArray draws = bits().sample(Noise.seeded(0, 0, 0), 50_000);

        assertThat(draws.getShape()).isEqualTo(new Shape(50_000, 1, 3));
        assertThat(draws.mul(draws.sub(draws.onesLike())).abs().sum().getDouble())
                .isZero();
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-LOGITS[i]));
            assertThat(draws.get(":, 0, " + i).mean().getDouble())
                    .isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / 50_000)));
        }
    }

    @Test
    void klIsTheExpectedLogRatio() {
        Bernoulli other = new Bernoulli(array(1, -0.3, 2).reshape(1, 1, 3), 1);
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            double p = bits().mean().getDouble(0, 0, i);
            double r = other.mean().getDouble(0, 0, i);
            expected += p * Math.log(p / r) + (1 - p) * Math.log((1 - p) / (1 - r));
        }

        assertThat(bits().kl(other).orElseThrow().getDouble(0, 0)).isCloseTo(expected, within(1e-10));
    }

    @Test
    void greyCrossEntropyIsTheFormulaOfTheSlidesAndIsLargestAtTheGreyLevel() {
        double[] grey = {0.2, 0.7, 1};
        double byHand = 0;
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-LOGITS[i]));
            byHand += grey[i] * Math.log(p) + (1 - grey[i]) * Math.log(1 - p);
        }
        GreyCrossEntropy relaxed = new GreyCrossEntropy(bits());

        assertThat(relaxed.logProb(array(grey).reshape(1, 3)).getDouble(0, 0)).isCloseTo(byHand, within(1e-12));
        assertThat(relaxed.support().covers(Support.BINARY)).isTrue();
        assertThat(bits().support().covers(relaxed.support())).isFalse();
    }

    private Bernoulli bits() {
        return new Bernoulli(array(LOGITS).reshape(1, 1, 3), 1);
    }
}
