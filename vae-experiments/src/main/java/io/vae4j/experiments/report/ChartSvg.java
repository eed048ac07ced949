package io.vae4j.experiments.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Draws charts as SVG that stands in a page and takes its colors from there. */
final class ChartSvg {

    /** About the width of a telephone, so that letters keep their size there. */
    private static final int WIDTH = 340;

    private static final int PLANE_HEIGHT = 230;
    private static final int MARGIN = 12;
    private static final int MOST_LEGEND = 2000;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private static final Optional<String> OBSTACLE = missingFonts();

    private ChartSvg() {}

    /** Why nothing can be drawn on this machine; empty where it can. A run must not end for want of a font. */
    static Optional<String> obstacle() {
        return OBSTACLE;
    }

    private static Optional<String> missingFonts() {
        try {
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(FONT);
            return Optional.empty();
        } catch (InternalError | LinkageError e) {
            return Optional.of(
                    "There are no charts: Java finds no fonts on this machine. Install fontconfig with a font,"
                            + " such as fonts-dejavu-core, and make the report anew.");
        }
    }

    /**
     * The drawing as an element.
     *
     * @param name unique on the page, for the drawing's own references
     */
    static String of(Chart chart, String name) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
        context.setPrecision(1);
        context.setComment(null);
        context.setIDGenerator(named(name));
        SVGGraphics2D canvas = new SVGGraphics2D(context, false);
        JFreeChart drawing = chart.drawing();
        int height = height(drawing, canvas);
        drawing.draw(canvas, new Rectangle(WIDTH, height));
        Element svg = canvas.getRoot();
        describe(svg, chart, name);
        svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + height);
        recolor(svg);
        return serialized(canvas, svg);
    }

    /** A chart of a plot in the style of the page, with its legend above it. */
    static JFreeChart styled(XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinesVisible(false);
        // What comes later lies on top.
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setRangeGridlinePaint(Ink.RULE.placeholder());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        Stream.of(plot.getDomainAxis(), plot.getRangeAxis()).forEach(ChartSvg::style);
        plot.getRangeAxis().setAxisLineVisible(false);
        plot.getRangeAxis().setTickMarksVisible(false);
        JFreeChart chart = new JFreeChart(null, FONT, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(0, 0, 0, MARGIN));
        chart.addSubtitle(legend(plot));
        return chart;
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(FONT);
        axis.setLabelPaint(Ink.SOFT.placeholder());
        axis.setTickLabelPaint(Ink.SOFT.placeholder());
        axis.setAxisLinePaint(Ink.AXIS.placeholder());
        axis.setTickMarkPaint(Ink.AXIS.placeholder());
    }

    private static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(FONT);
        legend.setItemPaint(Ink.SOFT.placeholder());
        legend.setPosition(RectangleEdge.TOP);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setPadding(RectangleInsets.ZERO_INSETS);
        return legend;
    }

    /** The legend takes as many rows as its names need, and the plane keeps its height. */
    private static int height(JFreeChart drawing, SVGGraphics2D canvas) {
        RectangleConstraint room = new RectangleConstraint(new Range(0, WIDTH - MARGIN), new Range(0, MOST_LEGEND));
        double height = PLANE_HEIGHT;
        for (Object subtitle : drawing.getSubtitles()) {
            height += ((Title) subtitle).arrange(canvas, room).height;
        }
        return (int) Math.ceil(height);
    }

    private static void describe(Element svg, Chart chart, String name) {
        svg.removeAttribute("width");
        svg.removeAttribute("height");
        svg.setAttribute("class", "chart");
        svg.setAttribute("role", "img");
        svg.setAttribute("aria-labelledby", name + "-title " + name + "-desc");
        // The only name that Batik does not ask the context for, and a page has several drawings.
        ((Element) svg.getElementsByTagName("defs").item(0)).setAttribute("id", name + "-generic");
        svg.insertBefore(child(svg, "desc", name, chart.description()), svg.getFirstChild());
        svg.insertBefore(child(svg, "title", name, chart.title()), svg.getFirstChild());
    }

    private static Element child(Element svg, String kind, String name, String text) {
        Element child = svg.getOwnerDocument().createElementNS(NAMESPACE, kind);
        child.setAttribute("id", name + "-" + kind);
        child.setTextContent(text);
        return child;
    }

    private static void recolor(Element svg) {
        Map<String, String> variables =
                Arrays.stream(Ink.values()).collect(Collectors.toMap(Ink::written, Ink::variable));
        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String attribute : List.of("fill", "stroke")) {
                Optional.ofNullable(variables.get(element.getAttribute(attribute)))
                        .ifPresent(variable -> element.setAttribute(attribute, variable));
            }
        }
    }

    private static SVGIDGenerator named(String name) {
        return new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return super.generateID(name + "-" + prefix);
            }
        };
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Java comes with a parser of XML", e);
        }
    }

    private static String serialized(SVGGraphics2D canvas, Element svg) {
        StringWriter text = new StringWriter();
        try {
            canvas.stream(svg, text, false, false);
        } catch (SVGGraphics2DIOException e) {
            throw new UncheckedIOException(e);
        }
        // Within a page it is no document of its own: neither a declaration nor name spaces.
        return text.toString()
                .substring(text.toString().indexOf("<svg"))
                .replaceFirst(" xmlns=\"[^\"]*\" xmlns:xlink=\"[^\"]*\"", "");
    }
}
