package io.vae4j.experiments.report;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.drawing.Chart;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.run.History;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * The figure of all runs of a sweep over their epochs. Lines of runs that were stopped early end; those of a run that
 * went astray leave the plane, so that the others can be told apart.
 *
 * @param range of the plane
 */
record SweepCurves(LineChart chart, FigureRange range) implements Chart {

    /** More lines than this are a surface; these are of the best settings. */
    static final int MOST = 500;

    private static final double MARGIN = 0.05;

    /** In heights of the plane: a line to a point so far above it is as good as upright. */
    private static final double BEYOND = 20;

    private static final Pen UNRANKED = new Pen(Ink.AXIS, List.of(3f, 4f), 1);

    /**
     * Reads the runs.
     *
     * @param folder of the sweep
     * @param notes takes sentences about runs that cannot be read
     */
    static Optional<SweepCurves> of(SweepResult result, Path folder, List<String> notes) throws IOException {
        FigureText text = FigureText.of(result.goal());
        List<Series> lines = new ArrayList<>();
        int ranked = result.ranked().size();
        for (int i = 0; i < result.settings().size() && lines.size() < MOST; i++) {
            SweptSetting setting = result.settings().get(i);
            for (SweptRun run : setting.runs()) {
                List<Measurement> course = history(folder.resolve(run.folder()), notes)
                        .measurements(result.goal().split());
                Pen pen = i < ranked ? SweepCoordinates.pen(i, ranked) : UNRANKED;
                lines.add(Series.of(run.name(), pen, course, text.metric()).inLegend(Optional.empty()));
            }
        }
        if (ranked > 0 && !lines.isEmpty()) {
            lines.set(
                    0,
                    lines.get(0).inLegend(Optional.of(result.settings().get(0).name())));
        }
        Collections.reverse(lines); // the best on top
        LineChart chart =
                new LineChart(text.heading() + " of all runs", text.metric().unitName(), lines);
        return Optional.of(new SweepCurves(
                        chart, FigureRange.of(result.goal(), points(lines).toList())))
                .filter(curves -> curves.chart().hasPoints());
    }

    private static History history(Path run, List<String> notes) throws IOException {
        try {
            return Files.isDirectory(run) ? MetricsFile.read(new RunFiles(run)).history() : new History(List.of());
        } catch (InvalidInput fault) {
            notes.add("A run is not shown: " + fault.getMessage());
            return new History(List.of());
        }
    }

    private static Stream<Double> points(List<Series> lines) {
        return lines.stream()
                .flatMap(line -> line.finite().stream())
                .map(point -> point.value().orElseThrow());
    }

    @Override
    public String title() {
        return chart.title();
    }

    @Override
    public String description() {
        return chart.description();
    }

    @Override
    public JFreeChart drawing() {
        if (range.fence().isEmpty()) {
            return chart.drawing();
        }
        double[] shown = points(chart.series())
                .map(range::within)
                .mapToDouble(v -> v)
                .sorted()
                .toArray();
        double span = shown[shown.length - 1] - shown[0];
        JFreeChart drawing = new LineChart(
                        chart.title(),
                        chart.unit(),
                        chart.series().stream()
                                .map(line ->
                                        line.within(shown[0] - BEYOND * span, shown[shown.length - 1] + BEYOND * span))
                                .toList())
                .drawing();
        ValueAxis axis = ((XYPlot) drawing.getPlot()).getRangeAxis();
        axis.setRange(new Range(shown[0] - MARGIN * span, shown[shown.length - 1] + MARGIN * span));
        return drawing;
    }
}
