package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Drawing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that need no run. */
class StudyFiguresTest {

    private static final FigureOptions FEW =
            new FigureOptions(3, OptionalInt.of(60), OptionalInt.of(500), List.of(), Optional.empty());

    @Test
    void boundedWeightsReachTheExactLineAndUnboundedOnesAreLate() {
        List<Curve> gaps = curves(Figures.named("bounded-weights").draw(List.of(), FEW));
        for (int bounded = 0; bounded < 2; bounded++) {
            Curve.Point last = last(gaps.get(bounded));
            assertThat(0.0).isBetween(last.low(), last.high());
        }
        assertThat(last(gaps.get(3)).high()).isNegative();
        assertThat(gaps.get(4).points()).allMatch(point -> point.y() == 0);
    }

    @Test
    void vectorQuantizationAndKMeansHaveOneCourse() {
        List<Curve> courses = curves(Figures.named("quantization").draw(List.of(), FEW));

        assertThat(courses.get(0).points()).hasSize(13);
        for (int i = 0; i < 13; i++) {
            assertThat(courses.get(0).points().get(i).y())
                    .isCloseTo(courses.get(1).points().get(i).y(), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounded-weights", "quantization"})
    void twoCallsGiveEqualBytes(String name) {
        Figure figure = Figures.named(name);

        assertThat(figure.runs()).isEqualTo(Figure.Runs.NONE);
        assertThat(figure.draw(List.of(), FEW).png())
                .isEqualTo(figure.draw(List.of(), FEW).png());
    }

    private static List<Curve> curves(Drawing drawing) {
        return ((CurveChart) drawing.panels().get(0)).curves();
    }

    private static Curve.Point last(Curve curve) {
        return curve.points().get(curve.points().size() - 1);
    }
}
