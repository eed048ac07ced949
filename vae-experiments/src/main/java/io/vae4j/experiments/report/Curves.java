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

    /** The test curves of several runs; those of one group have one pen and one name. */
    static List<Figure> of(List<SeedGroup> groups) {
        List<RunContents> runs = groups.stream()
                .flatMap(group -> group.runs().stream())
                .map(ComparedRun::run)
                .toList();
        return figures(
                "Test curves",
                runs,
                metric -> IntStream.range(0, groups.size())
                        .boxed()
                        .flatMap(i -> series(groups.get(i), Pen.run(i), metric))
                        .toList());
    }

    private static Stream<Series> series(SeedGroup group, Pen pen, MetricColumn metric) {
        return IntStream.range(0, group.runs().size()).mapToObj(i -> {
            ComparedRun run = group.runs().get(i);
            Series line = Series.of(
                    group.nameOf(run),
                    group.hasSeveral() ? pen.thin() : pen,
                    run.run().history().measurements(Split.TEST),
                    metric);
            return line.inLegend(i == 0 ? Optional.of(group.heading()) : Optional.empty());
        });
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
