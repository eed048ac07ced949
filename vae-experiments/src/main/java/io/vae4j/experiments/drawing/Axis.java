package io.vae4j.experiments.drawing;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * One axis of a chart.
 *
 * @param label what it measures, with its unit; empty where the title says so
 */
public record Axis(String label, Scale scale) {

    private static final double PLAIN_BELOW = 1e6;

    /** How numbers lie on an axis. */
    public enum Scale {
        LINEAR,
        /** For positive numbers over several powers of ten. */
        LOGARITHMIC
    }

    /** An axis on which equal steps are equally long. */
    public static Axis linear(String label) {
        return new Axis(label, Scale.LINEAR);
    }

    /** An axis on which equal factors are equally long. */
    public static Axis logarithmic(String label) {
        return new Axis(label + ", logarithmic", Scale.LOGARITHMIC);
    }

    /** As JFreeChart draws it; its range is that of the values. */
    ValueAxis drawn() {
        return scale == Scale.LOGARITHMIC ? new PowersOfTen(label) : number(label);
    }

    /** An axis with plain numbers, whose range is that of the values. */
    public static NumberAxis number(String label) {
        NumberAxis axis = new RoundNumbers(label);
        axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
        // the units' own format rounds to three places, which gives two ticks of a small range one number
        axis.setNumberFormatOverride(new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        axis.setAutoRangeIncludesZero(false);
        return axis;
    }

    /** Numbers of a million and more as an exponent. */
    public static void shorten(NumberAxis axis, double largest) {
        if (largest >= PLAIN_BELOW) {
            axis.setNumberFormatOverride(new DecimalFormat("0.##E0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        }
    }

    /**
     * Leaves room for the ticks' numbers; the library's own leaves it for the ends of the range, with all their digits.
     */
    private static final class RoundNumbers extends NumberAxis {

        private static final long serialVersionUID = 1;

        RoundNumbers(String label) {
            super(label);
        }

        @Override
        protected double estimateMaximumTickLabelWidth(Graphics2D canvas, TickUnit unit) {
            FontMetrics letters = canvas.getFontMetrics(getTickLabelFont());
            double least = unit.getSize() * Math.floor(getRange().getLowerBound() / unit.getSize());
            double most = unit.getSize() * Math.ceil(getRange().getUpperBound() / unit.getSize());
            int width = Math.max(
                    letters.stringWidth(getNumberFormatOverride().format(least)),
                    letters.stringWidth(getNumberFormatOverride().format(most)));
            return width + getTickLabelInsets().getLeft() + getTickLabelInsets().getRight();
        }
    }

    /** Powers of ten as plain text; the library's own are pictures of text. */
    public static final class PowersOfTen extends LogAxis {

        private static final long serialVersionUID = 1;
        private static final int MOST = 12;

        /** A range of a smaller factor would have one power of ten or none. */
        private static final double NARROW = 100;

        private static final double[] EVERY =
                IntStream.range(10, 100).mapToDouble(Double::valueOf).toArray();

        /** @param label what it measures */
        public PowersOfTen(String label) {
            super(label);
        }

        @Override
        public List<NumberTick> refreshTicks(Graphics2D canvas, AxisState state, Rectangle2D area, RectangleEdge edge) {
            boolean below = RectangleEdge.isTopOrBottom(edge);
            TextAnchor anchor = below ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
            int first = (int) Math.floor(Math.log10(getRange().getLowerBound()));
            boolean isNarrow = getRange().getUpperBound() < NARROW * getRange().getLowerBound();
            double[] leading = isNarrow ? new double[] {1, 2, 5} : new double[] {1};
            List<NumberTick> ticks = ticks(first, leading, anchor);
            return ticks.isEmpty() ? ticks(first - 1, EVERY, anchor) : ticks;
        }

        private List<NumberTick> ticks(int first, double[] leading, TextAnchor anchor) {
            return IntStream.range(first, first + MOST)
                    .boxed()
                    .flatMapToDouble(power -> Arrays.stream(leading).map(digit -> digit * Math.pow(10, power)))
                    .filter(getRange()::contains)
                    .mapToObj(value -> new NumberTick(value, written(value), anchor, TextAnchor.CENTER, 0))
                    .toList();
        }

        private static String written(double value) {
            return new DecimalFormat(
                            value < PLAIN_BELOW && value > 1e-5 ? "0.#####" : "0E0",
                            DecimalFormatSymbols.getInstance(Locale.ROOT))
                    .format(value);
        }
    }
}
