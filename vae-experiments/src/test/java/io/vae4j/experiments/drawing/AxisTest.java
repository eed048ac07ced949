package io.vae4j.experiments.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written beside the ticks of an axis. */
class AxisTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.0004, 0.004, 0.04, 4, 400})
    void noTwoTicksHaveOneNumber(double highest) {
        assertThat(numbers(highest)).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    }

    @Test
    void thousandsAreParted() {
        assertThat(numbers(4000)).contains("2,000").allMatch(number -> number.matches("[0-9,]+"));
    }

    /** Those at the left of a chart up to a highest value. */
    private static List<String> numbers(double highest) {
        CurveChart chart = new CurveChart(
                "title",
                Axis.logarithmic("x"),
                Axis.linear("y"),
                List.of(new Curve("", Pen.TEST, List.of(new Curve.Point(3e-7, 0), new Curve.Point(4e-7, highest)))));
        String svg = new Drawing("title", "caption", List.of(chart)).svg();
        return Pattern.compile(">(-?[0-9][0-9.,]*)</text")
                .matcher(svg)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** The ends of the range have many digits; the ticks have few, and there is room for several. */
    @Test
    void aRangeWithCrookedEndsHasSeveralTicksBelowTheChart() {
        ScatterChart chart = new ScatterChart(
                "title",
                "two points",
                Axis.linear("x"),
                Axis.linear("y"),
                List.of(new Cloud(
                        "", Ink.TEST, List.of(new Cloud.Point(-4.2703129, 1e-8), new Cloud.Point(3.9912387, 2e-8)))));

        assertThat(new Drawing("title", "caption", List.of(chart)).svg())
                .contains(">-4</text", ">-2</text", ">2</text");
    }
}
