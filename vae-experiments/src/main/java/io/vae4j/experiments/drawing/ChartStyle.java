package io.vae4j.experiments.drawing;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** How charts look: the letters, lines and room that all of them share. */
public final class ChartStyle {

    /** Of labels and ticks. */
    public static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** About the width of a telephone, so that letters keep their size there. */
    static final int WIDTH = 340;

    private static final int MARGIN = 12;
    private static final int MOST_LEGEND = 2000;
    private static final Optional<String> OBSTACLE = missingFonts();

    private ChartStyle() {}

    /** Why no letter can be drawn on this machine; empty where it can. A run must not end for want of a font. */
    public static Optional<String> obstacle() {
        return OBSTACLE;
    }

    private static Optional<String> missingFonts() {
        try {
            measuring().getFontMetrics(FONT);
            return Optional.empty();
        } catch (InternalError | LinkageError e) {
            return Optional.of("Java finds no fonts on this machine; install fontconfig with a font, such as"
                    + " fonts-dejavu-core");
        }
    }

    /** A label cut to so many letters, where it is longer. */
    public static String shortened(String label, int longest) {
        return label.length() <= longest ? label : label.substring(0, longest - 1) + "…";
    }

    /** A canvas that nobody sees, to measure on. */
    static Graphics2D measuring() {
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    }

    /** A chart over two number axes. */
    public static JFreeChart styled(XYPlot plot) {
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinesVisible(false);
        // What comes later lies on top.
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setRangeGridlinePaint(Ink.RULE.color());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.getRangeAxis().setAxisLineVisible(false);
        plot.getRangeAxis().setTickMarksVisible(false);
        return styled(plot, plot.getDomainAxis(), plot.getRangeAxis());
    }

    /** A chart over names and a number axis. */
    public static JFreeChart styled(CategoryPlot plot) {
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setRangeGridlinePaint(Ink.RULE.color());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.getRangeAxis().setAxisLineVisible(false);
        plot.getRangeAxis().setTickMarksVisible(false);
        return styled(plot, plot.getDomainAxis(), plot.getRangeAxis());
    }

    private static JFreeChart styled(Plot plot, Axis... axes) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        Stream.of(axes).forEach(ChartStyle::style);
        JFreeChart chart = new JFreeChart(null, FONT, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(0, 0, 0, MARGIN));
        chart.addSubtitle(legend(chart));
        return chart;
    }

    private static void style(Axis axis) {
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(FONT);
        axis.setLabelPaint(Ink.SOFT.color());
        axis.setTickLabelPaint(Ink.SOFT.color());
        axis.setAxisLinePaint(Ink.AXIS.color());
        axis.setTickMarkPaint(Ink.AXIS.color());
    }

    /** Above the plane, and none where nothing has a name. */
    private static LegendTitle legend(JFreeChart chart) {
        LegendTitle legend = new LegendTitle(chart.getPlot());
        legend.setItemFont(FONT);
        legend.setItemPaint(Ink.SOFT.color());
        legend.setPosition(RectangleEdge.TOP);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setPadding(RectangleInsets.ZERO_INSETS);
        return legend;
    }

    /** The legend takes as many rows as its names need, and the plane keeps its height. */
    static Dimension size(JFreeChart drawing, int planeHeight) {
        RectangleConstraint room = new RectangleConstraint(new Range(0, WIDTH - MARGIN), new Range(0, MOST_LEGEND));
        double height = planeHeight;
        for (Object subtitle : drawing.getSubtitles()) {
            height += ((Title) subtitle).arrange(measuring(), room).height;
        }
        return new Dimension(WIDTH, (int) Math.ceil(height));
    }
}
