package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Events are cut into groups: many of one length, groups of one, and a single group. */
    @ParameterizedTest
    @ValueSource(ints = {784, 127, 121, 120, 1})
    void anEventOfAnySizeIsSummedInFullAndSoIsItsGradient(int size) {
        double[] logits = new double[size];
        double[] bits = new double[size];
        double[] slopes = new double[size];
        double expected = 0;
        for (int i = 0; i < size; i++) {
            logits[i] = 30 * Math.sin(i + 1);
            bits[i] = i % 3 == 0 ? 1 : 0;
            expected -= Math.log1p(Math.exp((1 - 2 * bits[i]) * logits[i]));
            slopes[i] = bits[i] - 1 / (1 + Math.exp(-logits[i]));
        }
        NDArray x = array(bits).reshape(1, size).toType(DataType.FLOAT32, true);
        NDArray l = array(logits).reshape(1, 1, size).toType(DataType.FLOAT32, true);

        assertThat((double) new Bernoulli(l, 1).logProb(x).getFloat(0, 0))
                .isCloseTo(expected, within(1e-5 * (1 - expected)));
        float[] gradient = gradient(at -> new Bernoulli(at, 1).logProb(x), l).toFloatArray();
        for (int i = 0; i < size; i++) {
            assertThat((double) gradient[i]).isCloseTo(slopes[i], within(2e-7));
        }
    }

    @Test
    void valuesMayHaveTheLongerAxesAndEachOfThemCounts() {
        NDArray logits = array(LOGITS).reshape(1, 1, 3);
        NDArray values = array(1, 0, 1, 0, 0, 1).reshape(2, 3);
        NDArray both = new Bernoulli(logits, 1).logProb(values);

        assertThat(both.getShape()).isEqualTo(new Shape(1, 2));
        assertThat(both.getDouble(0, 1))
                .isCloseTo(new Bernoulli(logits, 1).logProb(values.get("1:")).getDouble(0, 0), within(1e-12));
        assertThat(gradient(l -> new Bernoulli(l, 1).logProb(values).sum(), logits)
                        .toDoubleArray())
                .containsExactly(
                        differences(l -> new Bernoulli(l, 1).logProb(values).sum(), logits), within(1e-8));
    }

    @Test
    void aGradientReachesTheValueAsWell() {
        NDArray logits = array(LOGITS).reshape(1, 1, 3);
        NDArray bits = array(1, 0, 1).reshape(1, 3);

        assertThat(gradient(x -> new Bernoulli(logits, 1).logProb(x), bits).toDoubleArray())
                .containsExactly(LOGITS, within(1e-12));
    }

    @Test
    void onlyTheResultIsLeftAndItBelongsToTheLogitsOwner() {
        NDArray bits = array(1, 0, 1).reshape(1, 3);
        try (NDManager batch = manager.newSubManager()) {
            NDArray logits = batch.zeros(new Shape(1, 1, 3), DataType.FLOAT64);
            int before = manager.getManagedArrays().size();
            NDArray result = new Bernoulli(logits, 1).logProb(bits);

            assertThat(manager.getManagedArrays()).hasSize(before + 1); // with those of the batch
            assertThat(result.getManager()).isSameAs(batch);
        }
    }

    @Test
    void samplesHaveTheMeanAndAreBits() {
        NDArray samples = bits().sample(Noise.seeded(0, 0, 0), 50_000);

        assertThat(samples.getShape()).isEqualTo(new Shape(50_000, 1, 3));
        assertThat(samples.mul(samples.sub(samples.onesLike())).abs().sum().getDouble())
                .isZero();
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-LOGITS[i]));
            assertThat(samples.get(":, 0, " + i).mean().getDouble())
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
    void grayCrossEntropyIsTheFormulaOfTheSlidesAndIsLargestAtTheGrayLevel() {
        double[] gray = {0.2, 0.7, 1};
        double byHand = 0;
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-LOGITS[i]));
            byHand += gray[i] * Math.log(p) + (1 - gray[i]) * Math.log(1 - p);
        }
        GrayCrossEntropy relaxed = new GrayCrossEntropy(bits());

        assertThat(relaxed.logProb(array(gray).reshape(1, 3)).getDouble(0, 0)).isCloseTo(byHand, within(1e-12));
        assertThat(relaxed.support().covers(Support.BINARY)).isTrue();
        assertThat(bits().support().covers(relaxed.support())).isFalse();
    }

    private Bernoulli bits() {
        return new Bernoulli(array(LOGITS).reshape(1, 1, 3), 1);
    }
}
