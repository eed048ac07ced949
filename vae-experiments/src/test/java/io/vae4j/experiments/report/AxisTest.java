package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AxisTest {

    @ParameterizedTest
    @CsvSource({
        "105.77, 163.8",
        "-1200.5, -3",
        "-0.001, 0.0042",
        "0, 0",
        "26.1, 26.1",
        "-1e300, 1e300",
        "1e15, 1.0000000001e15",
        "0, 5e-300",
        "-1.7e308, 1.7e308"
    })
    void anAxisOfValuesHoldsThemAllAndHasAFewTicks(double least, double greatest) {
        Axis axis = Axis.ofValues(least, greatest);
        assertThat(axis.fraction(least)).isBetween(-1e-9, 1 + 1e-9);
        assertThat(axis.fraction(greatest)).isBetween(-1e-9, 1 + 1e-9);
        assertThat(axis.fraction(greatest)).isGreaterThanOrEqualTo(axis.fraction(least));
        assertThat(axis.ticks()).hasSizeBetween(2, 9).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 10", "3, 15", "1, 1000", "0, 123456"})
    void anAxisOfEpochsHasItsTicksAtWholeNumbersWithinTheRun(int first, int last) {
        Axis axis = Axis.ofEpochs(first, last);
        assertThat(axis.ticks())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(12)
                .allSatisfy(
                        tick -> assertThat(tick).isEqualTo(Math.rint(tick)).isBetween((double) first, (double) last));
    }

    @Test
    void theOnlyEpochOfARunLiesInTheMiddle() {
        assertThat(Axis.ofEpochs(1, 1).fraction(1)).isEqualTo(0.5);
    }

    @Test
    void ticksAreWrittenWithTheDecimalsOfTheirStep() {
        assertThat(Wording.tick(120, 20)).isEqualTo("120");
        assertThat(Wording.tick(0.30000000000000004, 0.1)).isEqualTo("0.3");
        assertThat(Wording.tick(-2.5, 0.5)).isEqualTo("\u22122.5");
        assertThat(Wording.tick(-0.0, 10)).isEqualTo("0");
        assertThat(Wording.tick(2e9, 5e8)).isEqualTo("2.0e+09");
    }
}
