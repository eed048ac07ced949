package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Axis.PowersOfTen;
import io.vae4j.experiments.drawing.Chart;
import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.Pen;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Curves over epochs. Long runs get a logarithmic axis: most happens early, and on a linear axis it would be a vertical
 * line at the left.
 */
record LineChart(String title, String unit, List<Series> series) implements Chart {

    private static final int LONG = 100;
    private static final int LONGEST_LABEL = 40;

    /** Of more lines marks would cover one another, and nobody would hear all of their courses. */
    private static final int MOST_TOLD = 30;

    private static final double MARK = 2.8;
    private static final double SAME = 1e-9;

    /** Values beyond this are drawn at it, since the span of an axis must be a finite number, too. */
    private static final double HUGE = 1e300;

    /** Whether there is anything to draw. */
    boolean hasPoints() {
        return series.stream().anyMatch(one -> !one.finite().isEmpty());
    }

    @Override
    public JFreeChart drawing() {
        XYSeriesCollection data = new XYSeriesCollection();
        for (int i = 0; i < series.size(); i++) {
            XYSeries line = new XYSeries(i);
            series.get(i)
                    .points()
                    .forEach(p -> line.add(p.epoch(), drawn(p.value().orElse(Double.NaN))));
            data.addSeries(line);
        }
        return ChartStyle.styled(new XYPlot(data, epochAxis(), valueAxis(), renderer()));
    }

    private static double drawn(double value) {
        return Math.max(-HUGE, Math.min(HUGE, value));
    }

    private CurveRenderer renderer() {
        CurveRenderer renderer = new CurveRenderer();
        for (int i = 0; i < series.size(); i++) {
            Pen pen = series.get(i).pen();
            renderer.setSeriesPaint(i, pen.ink().color());
            renderer.setSeriesStroke(i, pen.stroke());
            renderer.setSeriesFillPaint(i, (pen.equals(Pen.TRAIN) ? Ink.PAPER : pen.ink()).color());
            double mark = MARK * pen.width() / Pen.WIDTH;
            renderer.setSeriesShape(i, new Ellipse2D.Double(-mark, -mark, 2 * mark, 2 * mark));
            renderer.setSeriesVisibleInLegend(i, series.get(i).legend().isPresent());
        }
        renderer.setLegendItemLabelGenerator(
                (data, i) -> ChartStyle.shortened(series.get(i).legend().orElse(""), LONGEST_LABEL));
        return renderer;
    }

    private ValueAxis epochAxis() {
        int[] epochs = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToInt(Series.Point::epoch)
                .sorted()
                .toArray();
        if (epochs[0] >= 1 && epochs[epochs.length - 1] / epochs[0] >= LONG) {
            return new PowersOfTen("epoch, logarithmic");
        }
        NumberAxis axis = new NumberAxis("epoch");
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeMinimumSize(1);
        return axis;
    }

    private NumberAxis valueAxis() {
        double[] values = series.stream()
                .flatMap(one -> one.finite().stream())
                .mapToDouble(point -> drawn(point.value().orElseThrow()))
                .sorted()
                .toArray();
        double span = values[values.length - 1] - values[0];
        double size = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        NumberAxis axis = Axis.number("");
        Axis.shorten(axis, size);
        if (span <= SAME * size) {
            axis.setAutoRangeMinimumSize(Math.max(1, 0.1 * size));
        }
        return axis;
    }

    @Override
    public String description() {
        return series.stream()
                .filter(one -> series.size() <= MOST_TOLD || one.legend().isPresent())
                .map(this::course)
                .collect(Collectors.joining(" "));
    }

    private String course(Series one) {
        List<Series.Point> finite = one.finite();
        if (finite.isEmpty()) {
            return one.label() + ": no finite value.";
        }
        return one.label() + ": " + told(finite.get(0))
                + (finite.size() > 1 ? ", " + told(finite.get(finite.size() - 1)) : "")
                + (unit.isEmpty() ? "." : ", in " + unit + ".");
    }

    private static String told(Series.Point point) {
        return Wording.nats(point.value().orElseThrow()) + " after epoch " + point.epoch();
    }

    /** Lines with a mark at each value of a short run, and wherever there is no line: between two gaps. */
    private static final class CurveRenderer extends XYLineAndShapeRenderer {

        private static final long serialVersionUID = 1;
        private static final int MOST_MARKS = 30;

        CurveRenderer() {
            super(true, true);
            setDrawSeriesLineAsPath(true);
            // Long enough for a pattern of dashes to show.
            setLegendLine(new Line2D.Double(-14, 0, 14, 0));
            setUseFillPaint(true);
        }

        @Override
        public boolean getItemShapeVisible(int series, int item) {
            XYDataset data = getPlot().getDataset();
            int last = data.getItemCount(series) - 1;
            return (last < MOST_MARKS && data.getSeriesCount() <= MOST_TOLD)
                    || IntStream.of(item - 1, item + 1)
                            .filter(i -> i >= 0 && i <= last)
                            .allMatch(i -> Double.isNaN(data.getYValue(series, i)));
        }
    }
}
