package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** Tables of measurements, with only those columns that the run has. */
final class ResultTable {

    private static final String ABSENT = "–";
    private static final double SAME = 1e-6;

    /** A column: its heading, and what a measurement has in it. */
    private record Column(String heading, Function<Measurement, String> cell) {}

    private final RunContents run;
    private final List<Column> columns = new ArrayList<>();

    private ResultTable(RunContents run) {
        this.run = run;
        List<Metric> known = Metrics.all();
        for (Metric metric : known) {
            if (metric.unit() != Metric.Unit.SECONDS && !repeatsTheLoss(metric)) {
                measured(metric);
            }
            if (metric.equals(StandardMetrics.LOSS)
                    && run.manifest().bitsPerDimension(1).isPresent()) {
                columns.add(new Column(run.manifest().isDensity() ? "Bits/dim (density)" : "Bits/dim", this::bits));
            }
        }
        Set<String> others = new LinkedHashSet<>(run.history().keys());
        known.forEach(metric -> others.remove(metric.key()));
        others.forEach(key -> columns.add(new Column(key, m -> written(m.value(key), Wording::nats))));
    }

    /** Where the loss is the negated bound, a second column would only repeat it with a sign. */
    private boolean repeatsTheLoss(Metric metric) {
        boolean bound = metric.equals(StandardMetrics.ELBO) || metric.equals(StandardMetrics.BOUND);
        return bound && isMinusLoss(metric);
    }

    /** The section with the last measurement of each split, and all others folded away. */
    static Markup.Element section(RunContents run) {
        List<Measurement> last = new ArrayList<>();
        run.history().last(Split.TEST).ifPresent(last::add);
        run.history().last(Split.TRAIN).ifPresent(last::add);
        ResultTable table = new ResultTable(run);
        String caption = "Nats per example, after epoch " + run.history().epochs();
        if (last.stream().map(Measurement::epoch).distinct().count() > 1) {
            caption = "Nats per example, after the last epoch";
            table.withEpoch();
        }
        return Page.section("Result").add(scrolling(table.table(caption, last))).add(everyEpoch(run));
    }

    private static Markup.Element everyEpoch(RunContents run) {
        ResultTable table = new ResultTable(run).withEpoch();
        if (run.history().has(StandardMetrics.SECONDS)) {
            table.columns.add(new Column("Time", m -> written(m.value(StandardMetrics.SECONDS), Wording::duration)));
        }
        return Markup.element("details")
                .add(Markup.element("summary", "Every epoch"))
                .add(scrolling(
                        table.table("Nats per example, by epoch", run.history().all())));
    }

    private Markup.Element table(String caption, List<Measurement> measurements) {
        Markup.Element head = Markup.element("tr").add(heading("col", "Examples"));
        for (Column column : columns) {
            head = head.add(heading("col", column.heading()));
        }
        return Markup.element("table")
                .add(Markup.element("caption", caption))
                .add(Markup.element("thead", List.of(head)))
                .add(Markup.element(
                        "tbody", measurements.stream().map(this::row).toList()));
    }

    private Markup.Element row(Measurement measurement) {
        return Markup.element("tr")
                .add(heading("row", measurement.split().label()))
                .add(columns.stream()
                        .map(column -> Markup.element("td", column.cell().apply(measurement)))
                        .toList());
    }

    private ResultTable withEpoch() {
        columns.add(0, new Column("Epoch", m -> Integer.toString(m.epoch())));
        return this;
    }

    private void measured(Metric metric) {
        boolean known = run.history().all().stream().anyMatch(m -> m.values().containsKey(metric.key()));
        if (known) {
            columns.add(new Column(metric.heading(), m -> nats(m, metric)));
        }
    }

    private boolean isMinusLoss(Metric bound) {
        return run.history().all().stream().allMatch(m -> {
            double sum =
                    m.value(bound).orElse(0) + m.value(StandardMetrics.LOSS).orElse(0);
            boolean comparable =
                    m.value(bound).isPresent() && m.value(StandardMetrics.LOSS).isPresent();
            return !comparable
                    || Math.abs(sum) <= SAME * Math.abs(m.value(bound).orElse(0));
        });
    }

    private String bits(Measurement measurement) {
        OptionalDouble nats = measurement.minusBound();
        return nats.isPresent()
                ? written(run.manifest().bitsPerDimension(nats.getAsDouble()), Wording::bits)
                : nats(measurement, measurement.bound());
    }

    /** The value in nats, or why there is none. */
    static String nats(Measurement measurement, Metric metric) {
        return measurement.diverged(metric) ? "not finite" : written(measurement.value(metric), Wording::nats);
    }

    /** A number where there is one, a dash where not. */
    static String written(OptionalDouble value, Function<Double, String> how) {
        return Optional.of(value)
                .filter(OptionalDouble::isPresent)
                .map(present -> how.apply(present.getAsDouble()))
                .orElse(ABSENT);
    }

    /** A heading cell of a row or a column. */
    static Markup.Element heading(String scope, String text) {
        return Markup.element("th", text).with("scope", scope);
    }

    /** A wide table scrolls within itself; the page does not. */
    static Markup.Element scrolling(Markup.Element table) {
        return Markup.element("div").with("class", "scroll").add(table);
    }
}
