package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The section with the training curves: one chart a metric. */
final class Curves {

    private static final List<Metric> CHARTED =
            List.of(StandardMetrics.LOSS, StandardMetrics.RECONSTRUCTION, StandardMetrics.KL);
    private static final String UNIT = "nats per example";

    private Curves() {}

    /** Train and test of one run. */
    static Optional<Markup.Element> of(RunContents run) {
        return section("Training curves", metric -> {
            List<Series> series = new ArrayList<>();
            series.add(Series.of("train", Pen.TRAIN, run.history().measurements(Split.TRAIN), metric));
            series.add(Series.of("test", Pen.TEST, run.history().measurements(Split.TEST), metric));
            series.removeIf(s -> s.points().isEmpty());
            return series;
        });
    }

    /** The test curves of several runs, by the names given to them. */
    static Optional<Markup.Element> of(List<RunContents> runs, List<String> names) {
        return section("Test curves", metric -> {
            List<Series> series = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                List<Measurement> measurements = runs.get(i).history().measurements(Split.TEST);
                series.add(Series.of(names.get(i), Pen.run(i), measurements, metric));
            }
            return series;
        });
    }

    private static Optional<Markup.Element> section(String heading, Function<Metric, List<Series>> lines) {
        List<Markup.Element> figures = new ArrayList<>();
        for (Metric metric : CHARTED) {
            String name = "curve-" + metric.key();
            String title = heading + ": " + metric.heading();
            LineChart chart = new LineChart(title, UNIT, lines.apply(metric));
            if (chart.hasPoints()) {
                figures.add(Markup.element("figure")
                        .add(
                                Markup.element("figcaption", metric.heading() + ", " + UNIT),
                                new Markup.Drawing(ChartSvg.of(chart, name))));
            }
        }
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Page.section(heading).add(Markup.element("div", figures).with("class", "charts")));
    }
}
