package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.ParallelCoordinates.Tick;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxisTicksTest {

    @Test
    void fewValuesAreNamedThemselves() {
        double[] values = {2, 10, 50, 10};
        AxisTicks ticks = AxisTicks.of(Axis.Scale.LINEAR, values);

        assertThat(ticks.ticks(values)).extracting(Tick::label).containsExactly("2", "10", "50");
        assertThat(ticks.place(10)).isCloseTo(8 / 48.0, within(1e-12));
    }

    @Test
    void onALogarithmicAxisEqualRatiosAreEquallyLong() {
        AxisTicks ticks = AxisTicks.of(Axis.Scale.LOGARITHMIC, new double[] {1e-4, 1e-2});

        assertThat(ticks.place(1e-3)).isCloseTo(0.5, within(1e-12));
        assertThat(labels(ticks, DoubleStream.iterate(1e-4, v -> v * 1.1).limit(48)))
                .containsExactly("0.0001", "0.001", "0.01");
    }

    @Test
    void manyValuesHaveRoundNumbersBetweenTheirEnds() {
        double[] values = IntStream.rangeClosed(3, 58).asDoubleStream().toArray();
        AxisTicks ticks = AxisTicks.of(Axis.Scale.LINEAR, values);

        assertThat(labels(ticks, DoubleStream.of(values))).containsExactly("3", "20", "40", "58");
    }

    private static List<String> labels(AxisTicks ticks, DoubleStream values) {
        return ticks.ticks(values.toArray()).stream().map(Tick::label).toList();
    }

    @Test
    void numbersThatHaveNoLogarithmLieByTheirDifferences() {
        assertThat(AxisTicks.of(Axis.Scale.LOGARITHMIC, new double[] {0, 1, 100})
                        .scale())
                .isEqualTo(Axis.Scale.LINEAR);
    }

    @Test
    void aSingleValueIsInTheMiddle() {
        AxisTicks ticks = AxisTicks.of(Axis.Scale.LINEAR, new double[] {7});

        assertThat(ticks.place(7)).isEqualTo(0.5);
        assertThat(ticks.ticks(new double[] {7})).containsExactly(new Tick("7", 0.5));
    }

    @Test
    void hugeAndTinyNumbersHaveAnExponent() {
        assertThat(AxisTicks.written(1.5e9)).isEqualTo("1.50e+09");
        assertThat(AxisTicks.written(2e-7)).isEqualTo("2.00e-07");
        assertThat(AxisTicks.written(0.000312345)).isEqualTo("0.0003123");
        assertThat(AxisTicks.written(0)).isEqualTo("0");
    }
}
