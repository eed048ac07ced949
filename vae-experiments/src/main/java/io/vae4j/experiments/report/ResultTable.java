package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Tables of measurements, with only those columns that the run has. */
final class ResultTable {

    private static final String ABSENT = "–";
    private static final double SAME = 1e-6;

    /** A column: its heading, and what a measurement has in it. */
    private record Column(String heading, Function<Measurement, String> cell) {}

    private final Run run;
    private final List<Column> columns = new ArrayList<>();

    private ResultTable(Run run) {
        this.run = run;
        measured(Metric.LOSS);
        if (run.manifest().bitsPerDimension(1).isPresent()) {
            columns.add(new Column(run.manifest().isDensity() ? "Bits/dim (density)" : "Bits/dim", this::bits));
        }
        measured(Metric.RECONSTRUCTION);
        measured(Metric.KL);
        if (!isMinusLoss(Metric.ELBO)) {
            measured(Metric.ELBO);
        }
        if (!isMinusLoss(Metric.BOUND)) {
            measured(Metric.BOUND);
        }
        measured(Metric.CODES_USED);
        measured(Metric.PERPLEXITY);
    }

    /** The section with the last measurement of each split, and all others folded away. */
    static Markup.Element section(Run run) {
        List<Measurement> last = new ArrayList<>();
        run.history().last(Split.TEST).ifPresent(last::add);
        run.history().last(Split.TRAIN).ifPresent(last::add);
        ResultTable table = new ResultTable(run);
        String caption = "Nats per image, after epoch " + run.history().epochs();
        if (last.stream().map(Measurement::epoch).distinct().count() > 1) {
            caption = "Nats per image, after the last epoch";
            table.withEpoch();
        }
        return Page.section("Result").add(scrolling(table.table(caption, last))).add(everyEpoch(run));
    }

    private static Markup.Element everyEpoch(Run run) {
        ResultTable table = new ResultTable(run).withEpoch();
        if (run.history().has(Metric.SECONDS)) {
            table.columns.add(new Column("Time", m -> written(m.value(Metric.SECONDS), Wording::duration)));
        }
        return Markup.element("details")
                .add(Markup.element("summary", "Every epoch"))
                .add(scrolling(
                        table.table("Nats per image, by epoch", run.history().all())));
    }

    private Markup.Element table(String caption, List<Measurement> measurements) {
        Markup.Element head = Markup.element("tr").add(heading("col", "Images"));
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
        boolean known = run.history().all().stream().anyMatch(m -> m.values().containsKey(metric));
        if (known) {
            columns.add(new Column(metric.heading(), m -> nats(m, metric)));
        }
    }

    // Where the loss is the negated bound, a second column would only repeat it with a sign.
    private boolean isMinusLoss(Metric bound) {
        return run.history().all().stream().allMatch(m -> {
            double sum = m.value(bound).orElse(0) + m.value(Metric.LOSS).orElse(0);
            boolean comparable =
                    m.value(bound).isPresent() && m.value(Metric.LOSS).isPresent();
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
