package io.vae4j.experiments.drawing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** One bar for each of a few things. */
public record BarChart(String title, Axis y, Ink ink, List<Bar> bars) implements Chart {

    /** More names than this would lie upon each other. */
    private static final int MOST_NAMES = 20;

    public BarChart {
        bars = List.copyOf(bars);
    }

    /** A thing and its value. */
    public record Bar(String label, double value) {}

    @Override
    public String description() {
        return bars.stream()
                .map(bar -> String.format(Locale.ROOT, "%s: %.4g", bar.label(), bar.value()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public JFreeChart drawing() {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        bars.forEach(bar -> data.addValue(bar.value(), "", bar.label()));
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, ink.color());
        renderer.setDefaultSeriesVisibleInLegend(false);
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelsVisible(bars.size() <= MOST_NAMES);
        return ChartStyle.styled(new CategoryPlot(data, names, y.drawn(), renderer));
    }
}
