package io.vae4j.experiments.drawing;

import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines over numbers, with bars for the intervals of their points. */
public record CurveChart(String title, Axis x, Axis y, List<Curve> curves) implements Chart {

    private static final double MARK = 2.8;

    public CurveChart {
        curves = List.copyOf(curves);
    }

    @Override
    public String description() {
        return curves.stream().map(this::course).collect(Collectors.joining(" "));
    }

    private String course(Curve curve) {
        return curve.points().stream()
                .map(point -> String.format(Locale.ROOT, "%.4g at %.4g", point.y(), point.x()))
                .collect(Collectors.joining(", ", curve.label() + ": ", "."));
    }

    @Override
    public JFreeChart drawing() {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDefaultLinesVisible(true);
        renderer.setDefaultShapesVisible(true);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            YIntervalSeries series = new YIntervalSeries(curve.label());
            curve.points().forEach(point -> series.add(point.x(), point.y(), point.low(), point.high()));
            data.addSeries(series);
            renderer.setSeriesPaint(i, curve.pen().ink().color());
            renderer.setSeriesStroke(i, curve.pen().stroke());
            renderer.setSeriesShape(i, new Ellipse2D.Double(-MARK, -MARK, 2 * MARK, 2 * MARK));
        }
        return ChartStyle.styled(new XYPlot(data, x.drawn(), y.drawn(), renderer));
    }
}
