package io.vae4j.experiments.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DrawingTest {

    private static final Pattern EMBEDDED = Pattern.compile("data:image/png;base64,([^\"]+)\"");

    private static final CurveChart CURVES = new CurveChart(
            "bound",
            Axis.logarithmic("k"),
            Axis.linear("nats"),
            List.of(new Curve(
                    "L_k <of> \"k\" & more",
                    Pen.run(0),
                    List.of(
                            new Curve.Point(1, -100, -101, -99),
                            new Curve.Point(10, -95, -95.5, -94.5),
                            new Curve.Point(1000, -92, -92.1, -91.9)))));

    private static final ScatterChart CLOUDS = new ScatterChart(
            "codes",
            "two classes",
            Axis.linear("first"),
            Axis.linear("second"),
            List.of(cloud("0", Ink.RUN0, 1), cloud("1", Ink.RUN1, 2)));

    private static final BarChart BARS = new BarChart(
            "weights",
            Axis.linear("weight"),
            Ink.TEST,
            List.of(new BarChart.Bar("a", 0.7), new BarChart.Bar("b", 0.3)));

    private static final HeatMap MAP = new HeatMap(
            "density",
            "rises to the right",
            new HeatMap.Span("x", -1, 1),
            new HeatMap.Span("y", -1, 1),
            new double[][] {{0, 0.5, 1}, {Double.NEGATIVE_INFINITY, 0.5, 1}},
            List.of(cloud("", Ink.PAPER, 3)));

    private static final ImagePanel IMAGES = new ImagePanel(
            "digits",
            "one dark and one bright",
            ImageGrid.of(new float[] {0, 0, 0, 0, 1, 1, 1, 1}, new Shape(1, 2, 2), 2),
            List.of("row"),
            List.of("dark", "bright"));

    private static final Drawing ALL = new Drawing("title", "caption", List.of(CURVES, CLOUDS, BARS, MAP, IMAGES));

    @Test
    void everyKindOfPanelIsInOneSvgThatAnyParserReads() throws Exception {
        Document svg = parsed(ALL.svg());

        assertThat(texts(svg))
                .contains(
                        "bound",
                        "codes",
                        "weights",
                        "density",
                        "digits",
                        "row",
                        "dark",
                        "bright",
                        "L_k <of> \"k\" & more")
                .contains("k, logarithmic", "1", "10", "100", "1000");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("title");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("caption");
    }

    @Test
    void thePictureHasTwoPixelsForEachPointOfTheSvg() throws Exception {
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(ALL.png()));
        String width = parsed(ALL.svg()).getDocumentElement().getAttribute("width");

        assertThat(png.getWidth()).isEqualTo(2 * Integer.parseInt(width));
        assertThat(IntStream.range(0, png.getHeight())
                        .map(y -> png.getRGB(png.getWidth() / 4, y))
                        .distinct()
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void onDarkPaperEveryColorOfTheDrawingHasAnotherOne() {
        String svg = ALL.svg();
        List<String> used = Stream.of(Ink.values())
                .map(Ink::light)
                .filter(color -> svg.contains("fill=\"" + color) || svg.contains("stroke=\"" + color))
                .toList();

        assertThat(used).contains(Ink.PAPER.light(), Ink.INK.light(), Ink.SOFT.light(), Ink.TEST.light());
        assertThat(used).allSatisfy(color -> assertThat(svg).contains("[fill=\"" + color + "\"]{fill:#"));
        assertThat(Pattern.compile("(fill|stroke)=\"rgb\\(").matcher(svg).find())
                .isFalse();
    }

    @Test
    void noTwoInksAreOneColorSoThatEachFollowsThePageByItself() {
        assertThat(Stream.of(Ink.values()).map(Ink::light)).doesNotHaveDuplicates();
    }

    @Test
    void imagesOfAnSvgAreThePixelsThatWereGiven() throws IOException {
        Matcher embedded = EMBEDDED.matcher(ALL.svg(IMAGES));
        assertThat(embedded.find()).isTrue();
        BufferedImage grid =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(embedded.group(1))));

        assertThat(grid.getRaster().getSample(1, 1, 0)).isZero();
        assertThat(grid.getRaster().getSample(4, 1, 0)).isEqualTo(255);
    }

    @Test
    void aHeatMapIsBrightWhereItsFunctionIsLargeAndItsFirstRowIsTheLowest() throws IOException {
        Matcher embedded = EMBEDDED.matcher(ALL.svg(MAP));
        assertThat(embedded.find()).isTrue();
        BufferedImage map =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(embedded.group(1))));
        int lowest = map.getHeight() - 1;

        assertThat(brightness(map, 0, lowest)).isEqualTo(brightness(map, 0, 0));
        assertThat(brightness(map, map.getWidth() / 2, lowest)).isGreaterThan(brightness(map, 0, lowest));
        assertThat(brightness(map, map.getWidth() - 1, lowest))
                .isGreaterThan(brightness(map, map.getWidth() / 2, lowest));
    }

    @Test
    void equalDrawingsHaveEqualBytes() {
        assertThat(ALL.png()).isEqualTo(ALL.png());
        assertThat(ALL.svg()).isEqualTo(ALL.svg());
    }

    @Test
    void thousandsOfPointsMakeNoSvgOfMegabytes() {
        List<Cloud.Point> many = IntStream.range(0, 5000)
                .mapToObj(i -> new Cloud.Point(Math.sin(i), Math.cos(3 * i)))
                .toList();
        ScatterChart chart = new ScatterChart(
                "many", "many", Axis.linear("x"), Axis.linear("y"), List.of(new Cloud("all", Ink.TEST, many)));

        assertThat(ALL.svg(chart)).hasSizeLessThan(200_000).hasSizeGreaterThan(50_000);
    }

    @Test
    void aDrawingOfNothingIsRefused() {
        assertThatThrownBy(() -> new Drawing("title", "caption", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 panels");
    }

    private static int brightness(BufferedImage image, int x, int y) {
        int color = image.getRGB(x, y);
        return (color >> 16 & 255) + (color >> 8 & 255) + (color & 255);
    }

    private static Cloud cloud(String label, Ink ink, long seed) {
        Random random = new Random(seed);
        return new Cloud(
                label,
                ink,
                IntStream.range(0, 50)
                        .mapToObj(i -> new Cloud.Point(random.nextGaussian(), random.nextGaussian()))
                        .toList());
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return parser.parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
