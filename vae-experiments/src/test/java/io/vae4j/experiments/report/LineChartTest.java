package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.drawing.Svg;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class LineChartTest {

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
    void anAxisOfValuesHoldsThemAllAndHasAFewTicks(double first, double second) throws Exception {
        List<String> ticks = texts(drawn(1, first, second));
        assertThat(ticks).contains("epoch", "1", "2").hasSizeBetween(6, 25).doesNotContain("NaN", "∞");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "1, 2", "1, 10", "3, 15", "0, 1000", "700, 1000"})
    void anAxisOfEpochsHasItsTicksAtWholeNumbers(int first, int last) throws Exception {
        List<String> texts = texts(drawn(
                first, IntStream.rangeClosed(first, last).mapToDouble(i -> i).toArray()));
        assertThat(texts).contains("epoch");
        List<String> ticks = texts.subList(1, texts.indexOf("epoch"));
        assertThat(ticks).hasSizeBetween(1, 20).allMatch(tick -> tick.matches("[0-9,]+"));
    }

    @Test
    void aLongRunHasALogarithmicAxisAndSaysSo() throws Exception {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();
        assertThat(texts(drawn(1, values))).contains("epoch, logarithmic", "1", "10", "100", "1000");
        assertThat(texts(drawn(500, values))).contains("epoch");
    }

    @Test
    void colorsAreThoseOfThePageAndNoOthers() {
        assertThat(svg(1, 3, 2, 1))
                .contains("var(--test)", "var(--soft)", "var(--rule)")
                .doesNotContain("rgb(");
    }

    @Test
    void namesOfAnyKindAndInAnyNumberStayNamesAndLeaveTheCurvesTheirRoom() {
        List<Series> many = IntStream.range(0, 30)
                .mapToObj(i -> new Series("<run> & \"" + "x".repeat(i) + "\u0001", Pen.run(i), points(1, 3, 2)))
                .toList();
        assertThatCode(() -> parsed(
                        Svg.element(new LineChart("many", "nats", many), "many").replace('\u0001', '?')))
                .doesNotThrowAnyException();
    }

    private static Element drawn(int first, double... values) throws Exception {
        return parsed(svg(first, values));
    }

    private static String svg(int first, double... values) {
        return Svg.element(
                new LineChart("title", "nats", List.of(new Series("test", Pen.TEST, points(first, values)))), "chart");
    }

    private static List<Series.Point> points(int first, double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Series.Point(first + i, OptionalDouble.of(values[i])))
                .toList();
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static List<String> texts(Element svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
