package io.vae4j.experiments.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vae4j.experiments.drawing.ParallelCoordinates.Coordinate;
import io.vae4j.experiments.drawing.ParallelCoordinates.Line;
import io.vae4j.experiments.drawing.ParallelCoordinates.Tick;
import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ParallelCoordinatesTest {

    private static final List<Coordinate> AXES = List.of(
            new Coordinate("model.latent", List.of(new Tick("2", 0), new Tick("10", 1))),
            new Coordinate("objective", List.of(new Tick("iwae, samples 5", 0.5))),
            new Coordinate("validation loss", List.of(new Tick("102.5", 1))));

    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

    @Test
    void aLineGoesThroughItsPlacesOfWhichOneIsTheTop() throws Exception {
        List<Element> paths = paths(drawn(line(Ink.BEST, 0, 0.5, 1)));

        assertThat(paths).hasSize(1);
        List<Double> points = numbers(paths.get(0).getAttribute("d"));
        assertThat(points).hasSize(6);
        double top = points.get(5);
        double bottom = points.get(1);
        assertThat(bottom).isGreaterThan(top);
        assertThat(points.get(3)).isEqualTo((top + bottom) / 2);
        assertThat(points.get(2) - points.get(0)).isEqualTo(points.get(4) - points.get(2));
    }

    @Test
    void aLineWithFewerPlacesEndsBeforeTheLastAxis() throws Exception {
        assertThat(numbers(paths(drawn(line(Ink.AXIS, 0, 1))).get(0).getAttribute("d")))
                .hasSize(4);
    }

    @Test
    void whatComesLaterLiesOnTopInColorsOfThePage() throws Exception {
        List<Element> paths = paths(drawn(line(Ink.FIFTH5, 1, 1, 1), line(Ink.BEST, 0, 0, 0)));

        assertThat(paths.stream().map(ParallelCoordinatesTest::stroke)).containsExactly("var(--fifth5)", "var(--best)");
    }

    @Test
    void allItsTextIsWithinIt() throws Exception {
        ParallelCoordinates chart = drawn(line(Ink.BEST, 0, 0.5, 1));
        NodeList texts = parsed(chart).getElementsByTagName("text");
        double width = chart.size().getWidth();

        assertThat(texts.getLength()).isEqualTo(8);
        assertThat(IntStream.range(0, texts.getLength()).mapToObj(i -> (Element) texts.item(i)))
                .allSatisfy(text -> {
                    double x = Double.parseDouble(text.getAttribute("x"));
                    int letters = ChartStyle.measuring()
                            .getFontMetrics(ChartStyle.FONT)
                            .stringWidth(text.getTextContent());
                    assertThat(x).isBetween(0.0, width);
                    assertThat(x + letters).as(text.getTextContent()).isLessThanOrEqualTo(width);
                });
    }

    @Test
    void oneAxisIsNoChart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParallelCoordinates("title", "", AXES.subList(0, 1), List.of()))
                .withMessageContaining("1 axes");
    }

    @Test
    void thingsWithAnOrderHaveTheInkOfTheirFifth() {
        assertThat(IntStream.range(0, 10).mapToObj(place -> Ink.ofRank(place, 10)))
                .containsExactly(
                        Ink.FIFTH1,
                        Ink.FIFTH1,
                        Ink.FIFTH2,
                        Ink.FIFTH2,
                        Ink.FIFTH3,
                        Ink.FIFTH3,
                        Ink.FIFTH4,
                        Ink.FIFTH4,
                        Ink.FIFTH5,
                        Ink.FIFTH5);
        assertThat(Ink.ofRank(0, 1)).isEqualTo(Ink.FIFTH1);
    }

    private static Line line(Ink ink, double... places) {
        return new Line(
                new Pen(ink, List.of()),
                IntStream.range(0, places.length).mapToObj(i -> places[i]).toList());
    }

    private static ParallelCoordinates drawn(Line... lines) {
        return new ParallelCoordinates("Settings", "all of them", AXES, List.of(lines));
    }

    private static Element parsed(ParallelCoordinates chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Svg.element(chart, "settings"))))
                .getDocumentElement();
    }

    /** The lines; axes and ticks are elements of another kind. */
    private static List<Element> paths(ParallelCoordinates chart) throws Exception {
        NodeList paths = parsed(chart).getElementsByTagName("path");
        return IntStream.range(0, paths.getLength())
                .mapToObj(i -> (Element) paths.item(i))
                .toList();
    }

    private static List<Double> numbers(String path) {
        return NUMBER.matcher(path)
                .results()
                .map(MatchResult::group)
                .map(Double::valueOf)
                .toList();
    }

    private static String stroke(Element path) {
        return path.hasAttribute("stroke") ? path.getAttribute("stroke") : stroke((Element) path.getParentNode());
    }
}
