package io.vae4j.experiments.drawing;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Points on a plane, in one color for each kind. */
public record ScatterChart(String title, String description, Axis x, Axis y, List<Cloud> clouds) implements Chart {

    private static final int SQUARE = 330;

    public ScatterChart {
        clouds = List.copyOf(clouds);
    }

    @Override
    public int planeHeight() {
        return SQUARE;
    }

    @Override
    public JFreeChart drawing() {
        XYPlot plot = new XYPlot(null, x.drawn(), y.drawn(), null);
        scatter(plot, clouds);
        return ChartStyle.styled(plot);
    }

    /** Lays points over a plot. */
    static void scatter(XYPlot plot, List<Cloud> clouds) {
        XYSeriesCollection data = new XYSeriesCollection();
        for (int i = 0; i < clouds.size(); i++) {
            XYSeries series = new XYSeries(i, false);
            clouds.get(i).points().forEach(point -> series.add(point.x(), point.y()));
            data.addSeries(series);
        }
        plot.setDataset(data);
        plot.setRenderer(new CloudRenderer(clouds));
    }
}
