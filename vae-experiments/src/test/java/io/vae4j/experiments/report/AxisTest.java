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
    @CsvSource({
        "0, 0",
        "1, 1",
        "1, 2",
        "1, 10",
        "3, 15",
        "0, 1000",
        "1, 1000",
        "1, 1000000",
        "7, 2147483647",
        "700, 1000"
    })
    void anAxisOfEpochsHasItsTicksWithinTheRun(int first, int last) {
        EpochAxis axis = new EpochAxis(first, last);
        assertThat(axis.ticks())
                .hasSizeBetween(1, 12)
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(tick -> assertThat(tick).isBetween(first, last))
                .allSatisfy(tick -> assertThat(axis.fraction(tick)).isBetween(0.0, 1.0));
    }

    @Test
    void theOnlyEpochOfARunLiesInTheMiddle() {
        assertThat(new EpochAxis(1, 1).fraction(1)).isEqualTo(0.5);
    }

    @Test
    void aLongRunHasALogarithmicAxisAndSaysSo() {
        EpochAxis axis = new EpochAxis(1, 10_000);
        assertThat(axis.fraction(100)).isEqualTo(0.5);
        assertThat(axis.name()).isEqualTo("epoch, logarithmic");
        assertThat(axis.ticks()).containsExactly(1, 10, 100, 1000, 10_000);
        assertThat(new EpochAxis(1, 1000).ticks()).containsExactly(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);
        assertThat(new EpochAxis(500, 1000).name()).isEqualTo("epoch");
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
