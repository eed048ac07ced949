package io.vae4j.experiments.drawing;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;

/**
 * A function of two numbers as colors, dark where it is small and bright where it is large; points may lie upon it.
 *
 * @param values [rows][columns] from the lower left, at the middles of equal cells; what is not finite is as the
 *     smallest
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record HeatMap(String title, String description, Span x, Span y, double[][] values, List<Cloud> clouds)
        implements Chart {

    private static final int SQUARE = 330;

    /** From dark to bright, in even steps of lightness. */
    private static final List<Color> SCALE = List.of(
            new Color(0x14, 0x10, 0x34),
            new Color(0x3f, 0x2a, 0x7e),
            new Color(0x8c, 0x3a, 0x8f),
            new Color(0xd6, 0x57, 0x6b),
            new Color(0xf7, 0x9a, 0x4f),
            new Color(0xfb, 0xf0, 0xb0));

    public HeatMap {
        clouds = List.copyOf(clouds);
    }

    /** What an axis goes over. */
    public record Span(String label, double from, double to) {

        ValueAxis axis() {
            ValueAxis axis = Axis.linear(label).drawn();
            axis.setRange(from, to);
            return axis;
        }
    }

    @Override
    public int planeHeight() {
        return SQUARE;
    }

    @Override
    public JFreeChart drawing() {
        XYPlot plot = new XYPlot(null, x.axis(), y.axis(), null);
        ScatterChart.scatter(plot, clouds);
        JFreeChart chart = ChartStyle.styled(plot);
        plot.setRangeGridlinesVisible(false);
        plot.setBackgroundImage(colors());
        plot.setBackgroundImageAlpha(1);
        return chart;
    }

    private BufferedImage colors() {
        double[] finite = Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double least = finite.length == 0 ? 0 : finite[0];
        double span = finite.length == 0 ? 1 : Math.max(finite[finite.length - 1] - least, Double.MIN_NORMAL);
        BufferedImage image = new BufferedImage(values[0].length, values.length, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                double value = values[row][column];
                double share = Double.isFinite(value) ? (value - least) / span : 0;
                image.setRGB(column, values.length - 1 - row, color(share).getRGB());
            }
        }
        return image;
    }

    private static Color color(double share) {
        double place = share * (SCALE.size() - 1);
        int below = Math.min((int) place, SCALE.size() - 2);
        double rest = place - below;
        Color from = SCALE.get(below);
        Color to = SCALE.get(below + 1);
        return new Color(
                between(from.getRed(), to.getRed(), rest),
                between(from.getGreen(), to.getGreen(), rest),
                between(from.getBlue(), to.getBlue(), rest));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
