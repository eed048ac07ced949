package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiniteScalarQuantizerTest extends QuantizedTest {

    private static final List<Integer> LEVELS = List.of(8, 5, 3);

    /** A search over the L whole numbers around f(z), in plain arithmetic, for the nearest. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void everyNumberTakesTheNearestOfItsLevels(DataType type) {
        FiniteScalarQuantizer quantizer = identity(type);
        NDArray features = manager.randomNormal(0, 2, new Shape(2, 4, 3, 2, 5), type);
        Sample sample =
                quantizer.infer(evaluation(0), features, Condition.none()).sample(evaluation(0), 1);
        NDArray codes = sample.codes().orElseThrow();

        assertThat(codes.getShape()).isEqualTo(new Shape(2, 4, 2, 5));
        assertThat(codes.getDataType()).isEqualTo(DataType.INT64);
        for (long k = 0; k < 2; k++) {
            for (long place = 0; place < 40; place++) {
                long[] at = {k, place / 10, place / 5 % 2, place % 5};
                long index = 0;
                long basis = 1;
                for (int i = 0; i < LEVELS.size(); i++) {
                    double z = number(features, at[0], at[1], i, at[2], at[3]);
                    int nearest = nearest(bounded(z, LEVELS.get(i)), LEVELS.get(i));
                    int half = LEVELS.get(i) / 2;
                    assertThat(number(sample.value(), at[0], at[1], i, at[2], at[3]))
                            .isCloseTo((double) nearest / half, within(1e-6));
                    index += (nearest + half) * basis;
                    basis *= LEVELS.get(i);
                }
                assertThat(codes.getLong(at)).isEqualTo(index);
            }
        }
    }

    private static double bounded(double z, int levels) {
        double half = (levels - 1) * (1 - 1e-3) / 2;
        double offset = levels % 2 == 0 ? 0.5 : 0;
        double ratio = offset / half;
        double shift = 0.5 * Math.log((1 + ratio) / (1 - ratio));
        return half * Math.tanh(z + shift) - offset;
    }

    private static int nearest(double value, int levels) {
        int best = -(levels / 2);
        for (int each = best; each < levels - levels / 2; each++) {
            best = Math.abs(value - each) < Math.abs(value - best) ? each : best;
        }
        return best;
    }

    private static double number(NDArray values, long... at) {
        return values.toType(DataType.FLOAT64, true).getDouble(at);
    }

    @Test
    void theNumbersOfCodesLeadBackToTheirValues() {
        FiniteScalarQuantizer quantizer = identity(DataType.FLOAT64);
        FiniteScalars codes = codes(quantizer);
        NDArray features = manager.randomNormal(0, 2, new Shape(1, 6, 3, 4, 4), DataType.FLOAT64);
        ApproximatePosterior q = quantizer.infer(evaluation(0), features, Condition.none());
        NDArray indices = q.sample(evaluation(0), 1).codes().orElseThrow();

        assertThat(codes.lookUp(evaluation(0), indices).toDoubleArray())
                .containsExactly(q.pointEstimate().toDoubleArray(), within(1e-7));
    }

    @Test
    void everyCodeIsReachedAndNoOther() {
        FiniteScalarQuantizer quantizer = identity(DataType.FLOAT32);
        NDArray features = manager.randomNormal(0, 3, new Shape(1, 1, 3, 40_000, 1), DataType.FLOAT32);
        NDArray indices = quantizer
                .infer(evaluation(0), features, Condition.none())
                .sample(evaluation(0), 1)
                .codes()
                .orElseThrow();
        Set<Long> seen = new HashSet<>();
        Arrays.stream(indices.toLongArray()).forEach(seen::add);

        assertThat(codes(quantizer).count()).isEqualTo(120);
        assertThat(seen).hasSize(120).allMatch(index -> index >= 0 && index < 120);
    }

    @Test
    void zeroIsTheMiddleWhetherTheLevelsAreEvenOrOdd() {
        FiniteScalarQuantizer quantizer = identity(DataType.FLOAT64);
        NDArray zeros = manager.zeros(new Shape(1, 3), DataType.FLOAT64);

        assertThat(codes(quantizer).bounded(evaluation(0), zeros).toDoubleArray())
                .containsExactly(new double[] {0, 0, 0}, within(1e-12));
    }

    /** As if nothing had been rounded: the slope of f, by finite differences of plain arithmetic. */
    @Test
    void theGradientIsThatOfTheBoundedNumbers() {
        FiniteScalarQuantizer quantizer = identity(DataType.FLOAT64);
        double[] numbers = {0.3, -0.8, 1.4, -1.1, 0.05, 0.6};
        NDArray features = array(new Shape(1, 2, 3, 1, 1), numbers);
        NDArray weights = array(new Shape(1, 2, 3, 1, 1), 0.7, -1.1, 0.2, 2, -0.4, 1);
        NDArray actual = gradient(
                features,
                x -> quantizer
                        .infer(evaluation(0), x, Condition.none())
                        .sample(evaluation(0), 1)
                        .value()
                        .mul(weights)
                        .sum());

        for (int i = 0; i < numbers.length; i++) {
            int levels = LEVELS.get(i % 3);
            double step = 1e-6;
            double slope = (bounded(numbers[i] + step, levels) - bounded(numbers[i] - step, levels)) / (2 * step);
            double expected = slope / Math.floorDiv(levels, 2) * weights.toDoubleArray()[i];
            assertThat(actual.toDoubleArray()[i]).isCloseTo(expected, within(1e-8));
        }
    }

    @Test
    void samplesAreOnePointWithProbabilityOneAndNothingIsAddedToTheLoss() {
        FiniteScalarQuantizer quantizer = identity(DataType.FLOAT64);
        NDArray features = manager.randomNormal(0, 1, new Shape(1, 2, 3, 2, 2), DataType.FLOAT64);
        ApproximatePosterior q = quantizer.infer(evaluation(0), features, Condition.none());
        Sample sample = q.sample(evaluation(0), 3);

        assertThat(sample.value().get(2)).isEqualTo(sample.value().get(0));
        assertThat(sample.logProb().orElseThrow().get().toDoubleArray()).containsOnly(0);
        assertThat(q.penalty()).isEmpty();
        assertThat(q.density()).isEmpty();
    }

    @Test
    void aUniformPriorCostsTheLogarithmOfTheNumberOfCodesAtEachPosition() {
        UniformCodes prior = new UniformCodes(codes(identity(DataType.FLOAT64)));
        NDArray grids = codes(new Shape(1, 2, 2, 1), 0, 119, 7, 8);

        assertThat(prior.logProb(evaluation(0), grids, Condition.none()).toDoubleArray())
                .containsExactly(new double[] {-2 * Math.log(120), -2 * Math.log(120)}, within(1e-12));
    }

    @Test
    void tooFewLevelsAndTooManyCodesAreRefused() {
        assertThatThrownBy(() -> new FiniteScalars(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new FiniteScalars(List.of(8, 2))).hasMessageContaining("each 3 or more");
        assertThatThrownBy(() -> new FiniteScalars(List.of(4096, 4096, 4096))).hasMessageContaining("at most 16777216");
    }

    private static FiniteScalars codes(FiniteScalarQuantizer quantizer) {
        return (FiniteScalars) Codes.in(quantizer).get(0);
    }

    /** A quantizer whose linear map is the identity. */
    private FiniteScalarQuantizer identity(DataType type) {
        FiniteScalarQuantizer quantizer = new FiniteScalarQuantizer(new FiniteScalars(LEVELS), START);
        quantizer.initialize(manager, type, new Shape(1, 3, 1, 1));
        manager.eye(3).toType(type, true).copyTo(parameter(quantizer, "01projection_weight"));
        parameter(quantizer, "01projection_bias")
                .muli(parameter(quantizer, "01projection_bias").zerosLike());
        return quantizer;
    }
}
