package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The section with the training curves: one chart a metric. */
final class Curves {

    private static final List<Metric> CHARTED = List.of(Metric.LOSS, Metric.RECONSTRUCTION, Metric.KL);
    private static final String UNIT = "nats per image";

    private Curves() {}

    /** Train and test of one run. */
    static Optional<Markup.Element> of(Run run) {
        return section("Training curves", metric -> {
            List<Series> series = new ArrayList<>();
            series.add(Series.of("train", Ink.TRAIN, run.history().measurements(Split.TRAIN), metric));
            series.add(Series.of("test", Ink.TEST, run.history().measurements(Split.TEST), metric));
            series.removeIf(s -> s.points().isEmpty());
            return series;
        });
    }

    /** The test curves of several runs, by the names given to them. */
    static Optional<Markup.Element> of(List<Run> runs, List<String> names) {
        return section("Test curves", metric -> {
            List<Series> series = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                List<Measurement> measurements = runs.get(i).history().measurements(Split.TEST);
                series.add(Series.of(names.get(i), Ink.run(i), measurements, metric));
            }
            return series;
        });
    }

    private static Optional<Markup.Element> section(String heading, Function<Metric, List<Series>> lines) {
        List<Markup.Element> figures = new ArrayList<>();
        for (Metric metric : CHARTED) {
            String name = "curve-" + metric.name().toLowerCase(Locale.ROOT);
            String title = heading + ": " + metric.heading();
            new LineChart(name, title, UNIT, lines.apply(metric))
                    .svg()
                    .ifPresent(svg -> figures.add(
                            Markup.element("figure").add(Markup.element("figcaption", metric.heading()), svg)));
        }
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Page.section(heading).add(Markup.element("div", figures).with("class", "charts")));
    }
}
