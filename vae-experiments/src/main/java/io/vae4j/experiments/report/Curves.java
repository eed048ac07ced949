package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.drawing.Svg;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The training curves: one chart a metric. */
final class Curves {

    private Curves() {}

    /** A drawing under its caption. */
    record Figure(String caption, String svg) {}

    /** Why there are none on this machine, as a sentence; empty where there are. */
    static Optional<String> obstacle() {
        return ChartStyle.obstacle().map(reason -> "There are no charts: " + reason + ", and make the report anew.");
    }

    /** The splits of one run. */
    static List<Figure> of(RunContents run) {
        return figures(
                "Training curves",
                List.of(run),
                metric -> Stream.of(
                                Series.of("train", Pen.TRAIN, run.history().measurements(Split.TRAIN), metric),
                                Series.of(
                                        "validation",
                                        Pen.VALIDATION,
                                        run.history().measurements(Split.VALIDATION),
                                        metric),
                                Series.of("test", Pen.TEST, run.history().measurements(Split.TEST), metric))
                        .filter(series -> !series.points().isEmpty())
                        .toList());
    }

    /** The test curves of several runs, by the names given to them. */
    static List<Figure> of(List<RunContents> runs, List<String> names) {
        return figures(
                "Test curves",
                runs,
                metric -> IntStream.range(0, runs.size())
                        .mapToObj(i -> Series.of(
                                names.get(i), Pen.run(i), runs.get(i).history().measurements(Split.TEST), metric))
                        .toList());
    }

    private static List<Figure> figures(
            String heading, List<RunContents> runs, Function<MetricColumn, List<Series>> lines) {
        List<Figure> figures = new ArrayList<>();
        if (ChartStyle.obstacle().isPresent()) {
            return figures;
        }
        for (MetricColumn metric : MetricColumn.charted(runs)) {
            String unit = metric.unitName();
            LineChart chart = new LineChart(heading + ": " + metric.heading(), unit, lines.apply(metric));
            if (chart.hasPoints()) {
                // A number, since what a run folder calls a metric may be no name of an element.
                String name = "curve-" + figures.size();
                figures.add(
                        new Figure(metric.heading() + (unit.isEmpty() ? "" : ", " + unit), Svg.element(chart, name)));
            }
        }
        return figures;
    }
}
