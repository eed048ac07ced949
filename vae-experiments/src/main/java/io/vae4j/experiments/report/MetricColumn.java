package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A metric as a page shows it, be it registered, of a plugin that is not here, or only found in a run folder. */
record MetricColumn(String key, String heading, Unit unit) {

    private static final double SAME = 1e-6;

    /** These are shown for several runs even if only some have them. */
    private static final Set<String> USUAL =
            Set.of(StandardMetrics.LOSS.key(), StandardMetrics.RECONSTRUCTION.key(), StandardMetrics.KL.key());

    /** The metrics of a run, or those that several runs have in common; the registered ones first. */
    static List<MetricColumn> of(List<RunContents> runs) {
        return Stream.concat(
                        Metrics.all().stream().map(m -> new MetricColumn(m.key(), m.heading(), m.unit())),
                        unknown(runs).stream().map(key -> new MetricColumn(key, key, Unit.NUMBER)))
                .filter(column -> column.unit() != Unit.SECONDS && column.isShownFor(runs))
                .toList();
    }

    /** Those of them that are no function of others, which are curves already. */
    static List<MetricColumn> charted(List<RunContents> runs) {
        Set<String> derived = Metrics.all().stream()
                .filter(metric -> metric.computation() instanceof Metric.Derived)
                .map(Metric::key)
                .collect(Collectors.toSet());
        return of(runs).stream()
                .filter(column -> !derived.contains(column.key()))
                .toList();
    }

    /** What its numbers are, as an addition to its heading. */
    String unitName() {
        return switch (unit) {
            case NATS_PER_EXAMPLE -> "nats per example";
            case SHARE -> "share";
            case SECONDS -> "seconds";
            case NUMBER -> "";
        };
    }

    /** The value as it is written into a cell, or why there is none. */
    String in(Measurement measurement) {
        boolean diverged =
                measurement.values().containsKey(key) && measurement.value(key).isEmpty();
        return diverged ? "not finite" : Wording.written(measurement.value(key), value -> Wording.value(value, unit));
    }

    private static Set<String> unknown(List<RunContents> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.history().keys()));
        Metrics.all().forEach(metric -> keys.remove(metric.key()));
        return keys;
    }

    private boolean isShownFor(List<RunContents> runs) {
        Predicate<RunContents> has = run -> run.history().keys().contains(key);
        boolean present = USUAL.contains(key)
                ? runs.stream().anyMatch(has)
                : runs.stream().allMatch(has);
        return present && !runs.stream().allMatch(this::repeatsTheLossOf);
    }

    /** Where the loss is the negated bound, a second column would only repeat it with a sign. */
    private boolean repeatsTheLossOf(RunContents run) {
        boolean bound = key.equals(StandardMetrics.ELBO.key()) || key.equals(StandardMetrics.BOUND.key());
        return bound && run.history().all().stream().allMatch(this::isMinusTheLossIn);
    }

    private boolean isMinusTheLossIn(Measurement measurement) {
        OptionalDouble value = measurement.value(key);
        OptionalDouble loss = measurement.value(StandardMetrics.LOSS);
        return value.isEmpty()
                || loss.isEmpty()
                || Math.abs(value.getAsDouble() + loss.getAsDouble()) <= SAME * Math.abs(value.getAsDouble());
    }
}
