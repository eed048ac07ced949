package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.Support;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTransformTest {

    private static final Noise FIRST = Noise.seeded(1, 2, 3);
    private static final Noise SECOND = Noise.seeded(1, 3, 3);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void staticBitsOfAnExampleAreTheSameInEveryOrderAndWithAnyNoise() {
        float[] rows = seen(ValueTransform.STATIC_BINARIZATION, 0.5f, FIRST, 0, 1, 2);

        assertThat(seen(ValueTransform.STATIC_BINARIZATION, 0.5f, SECOND, 2, 0))
                .containsExactly(concatenated(row(rows, 2), row(rows, 0)));
        assertThat(row(rows, 0)).isNotEqualTo(row(rows, 1));
    }

    @Test
    void staticBitsAreOneAsOftenAsTheirLevelSaysInEveryRowAndEveryColumn() {
        long[] index = LongStream.range(0, 2000).toArray();
        float[] bits = seen(ValueTransform.STATIC_BINARIZATION, 0.3f, FIRST, index);
        double[] byRow = new double[index.length];
        double[] byColumn = new double[WIDTH];
        for (int i = 0; i < bits.length; i++) {
            byRow[i / WIDTH] += bits[i];
            byColumn[i % WIDTH] += bits[i];
        }

        // counts of independent bits are binomial, and so is their variance
        assertThat(StatUtils.mean(byRow) / WIDTH).isCloseTo(0.3, within(5 * Math.sqrt(0.21 / bits.length)));
        double ofRow = WIDTH * 0.21;
        assertThat(StatUtils.variance(byRow)).isCloseTo(ofRow, within(5 * ofRow * Math.sqrt(2.0 / index.length)));
        double ofColumn = index.length * 0.21;
        assertThat(StatUtils.variance(byColumn)).isCloseTo(ofColumn, within(5 * ofColumn * Math.sqrt(2.0 / WIDTH)));
    }

    @Test
    void staticBitsDoNotComeBackWithPlaceAndIndexExchanged() {
        float[] bits = seen(
                ValueTransform.STATIC_BINARIZATION,
                0.5f,
                FIRST,
                LongStream.range(0, WIDTH).toArray());
        double alike = 0;
        double diagonal = 0;
        for (int i = 0; i < WIDTH; i++) {
            diagonal += bits[i * WIDTH + i];
            for (int j = 0; j < i; j++) {
                alike += bits[i * WIDTH + j] == bits[j * WIDTH + i] ? 1 : 0;
            }
        }

        double pairs = WIDTH * (WIDTH - 1) / 2.0;
        assertThat(alike / pairs).isCloseTo(0.5, within(5 * Math.sqrt(0.25 / pairs)));
        assertThat(diagonal / WIDTH).isCloseTo(0.5, within(5 * Math.sqrt(0.25 / WIDTH)));
    }

    @Test
    void blackStaysBlackAndWhiteStaysWhiteWhateverTheIndex() {
        assertThat(seen(ValueTransform.STATIC_BINARIZATION, 0, FIRST, 0, 59_999, 4_000_000_000L))
                .containsOnly(0);
        assertThat(seen(ValueTransform.STATIC_BINARIZATION, 1, FIRST, 0, 59_999, 4_000_000_000L))
                .containsOnly(1);
    }

    @Test
    void aThresholdLiesAboveAHalf() {
        assertThat(seen(ValueTransform.THRESHOLD_BINARIZATION, 127 / 255f, FIRST, 0))
                .containsOnly(0);
        assertThat(seen(ValueTransform.THRESHOLD_BINARIZATION, 0.5f, FIRST, 0)).containsOnly(0);
        assertThat(seen(ValueTransform.THRESHOLD_BINARIZATION, 128 / 255f, FIRST, 0))
                .containsOnly(1);
    }

    @Test
    void aDequantizedByteIsUniformOverItsOwnTwoHundredAndFiftySixthAndDrawnAnewEachTime() {
        for (int level : new int[] {0, 7, 255}) {
            float[] x = seen(
                    ValueTransform.DEQUANTIZATION,
                    level / 255f,
                    FIRST,
                    LongStream.range(0, 100).toArray());
            double[] within = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                within[i] = x[i] * 256.0 - level;
            }
            assertThat(StatUtils.min(within)).isGreaterThan(-1e-4);
            assertThat(StatUtils.max(within)).isLessThan(1 + 1e-4);
            assertThat(StatUtils.mean(within)).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / x.length)));
            assertThat(StatUtils.variance(within)).isCloseTo(1.0 / 12, within(0.01));
        }
        assertThat(seen(ValueTransform.DEQUANTIZATION, 0.2f, FIRST, 0))
                .isNotEqualTo(seen(ValueTransform.DEQUANTIZATION, 0.2f, SECOND, 0));
    }

    /** What the bits of a density are worth depends on how many levels a unit of the model's values holds. */
    @Test
    void aUnitHoldsTwoHundredAndFiftyFiveStepsOfBytesAndTwoHundredAndFiftySixOfDequantizedOnes() {
        assertThat(ValueTransform.AS_STORED.bitsOffset(Support.BYTE_LEVELS)).hasValue(Math.log(255) / Math.log(2));
        assertThat(ValueTransform.AS_STORED.bitsOffset(Support.UNIT_INTERVAL)).isEmpty();
        assertThat(ValueTransform.DEQUANTIZATION.bitsOffset(Support.BYTE_LEVELS).orElseThrow())
                .isCloseTo(8, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatAreNoLevelsAreTakenAsTheyAreOrRefused(ValueTransform transform) {
        assertThat(transform.incompatibility(Support.BYTE_LEVELS)).isEmpty();
        assertThat(transform.incompatibility(Support.REAL).isEmpty()).isEqualTo(transform == ValueTransform.AS_STORED);
        transform
                .incompatibility(Support.REAL)
                .ifPresent(reason -> assertThat(reason).contains("data.values=as-stored"));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheModelSeesIsWhatItsSupportSays(ValueTransform transform) {
        try (NDArray seen = transformed(transform, 51 / 255f, FIRST, 0, 1, 2)) {
            transform.support(Support.BYTE_LEVELS).check(seen);
            assertThat(seen.getShape()).isEqualTo(new Shape(3, 2, WIDTH / 2));
        }
    }

    private static final int WIDTH = 100;

    private float[] seen(ValueTransform transform, float level, Noise noise, long... index) {
        return transformed(transform, level, noise, index).toFloatArray();
    }

    private NDArray transformed(ValueTransform transform, float level, Noise noise, long... index) {
        NDArray levels = manager.full(new Shape(index.length, 2, WIDTH / 2), level);
        return transform.apply(levels, manager.create(index), noise);
    }

    private static float[] row(float[] rows, int i) {
        return Arrays.copyOfRange(rows, i * WIDTH, (i + 1) * WIDTH);
    }

    private static float[] concatenated(float[] one, float[] other) {
        float[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
