package io.vae4j.experiments.report;

import io.vae4j.experiments.report.Table.Column;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the page of one run shows; run.jte lays it out.
 *
 * @param recipeName empty for a run whose model was made in Java
 * @param caution how the sentence goes on that the loss is no log-likelihood; empty where it is one
 * @param last the last measurement of each split
 * @param every all measurements
 * @param checksums of the data, by file
 */
record RunPage(
        String name,
        Optional<String> recipeName,
        Headline headline,
        Optional<String> caution,
        List<String> notes,
        Table last,
        Table every,
        List<Fact> evaluation,
        List<Curves.Figure> curves,
        Pictures pictures,
        List<FigureRecord> figures,
        List<Fact> origin,
        Map<String, String> checksums,
        Optional<String> recipe) {

    static RunPage of(RunContents run, Pictures pictures) throws IOException {
        List<String> notes = new ArrayList<>();
        List<FigureRecord> figures = FigureRecord.all(run.files(), notes);
        Manifest manifest = run.manifest();
        return new RunPage(
                run.name(),
                manifest.origin().orElse(Manifest.Origin.RECIPE) == Manifest.Origin.JAVA
                        ? Optional.empty()
                        : Optional.of(run.recipeName()),
                Headline.of(run),
                manifest.normalized()
                        .filter(normalized -> !normalized)
                        .map(no -> manifest.likelihood()
                                .map(what -> ": it is " + what)
                                .orElse("")),
                Stream.of(
                                run.notes().stream(),
                                OriginFacts.obstacle(run).stream(),
                                pictures.notes().stream(),
                                notes.stream(),
                                Curves.obstacle().stream())
                        .flatMap(Function.identity())
                        .toList(),
                last(run),
                every(run),
                run.evaluation().map(EvaluationFacts::of).orElse(List.of()),
                Curves.of(run),
                pictures,
                figures,
                OriginFacts.of(run),
                manifest.data().map(DataRecord::sha256).orElse(Map.of()),
                run.recipe());
    }

    /** For an image that is carried inside the page: as such, a document from a run folder can run nothing. */
    static String base64(String svg) {
        return Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static Table last(RunContents run) {
        List<Measurement> last = Stream.of(Split.TEST, Split.VALIDATION, Split.TRAIN)
                .flatMap(split -> run.history().last(split).stream())
                .toList();
        List<Column<Measurement>> columns = columns(run);
        if (last.stream().map(Measurement::epoch).distinct().count() > 1) {
            columns.add(0, new Column<>("Epoch", m -> Integer.toString(m.epoch())));
            return Table.of("Nats per example, after the last epoch", columns, last);
        }
        return Table.of("Nats per example, after epoch " + run.history().epochs(), columns, last);
    }

    private static Table every(RunContents run) {
        List<Column<Measurement>> columns = columns(run);
        columns.add(0, new Column<>("Epoch", m -> Integer.toString(m.epoch())));
        if (run.history().has(StandardMetrics.SECONDS)) {
            columns.add(
                    new Column<>("Time", m -> Wording.written(m.value(StandardMetrics.SECONDS), Wording::duration)));
        }
        return Table.of("Nats per example, by epoch", columns, run.history().all());
    }

    private static List<Column<Measurement>> columns(RunContents run) {
        List<Column<Measurement>> columns = new ArrayList<>();
        for (MetricColumn metric : MetricColumn.of(List.of(run))) {
            columns.add(new Column<>(metric.heading(), metric::in));
            if (metric.key().equals(StandardMetrics.LOSS.key())
                    && run.manifest().bitsPerDimension(1).isPresent()) {
                columns.add(new Column<>(
                        "Bits/dim"
                                + run.manifest()
                                        .bitsQualifier()
                                        .map(q -> " (" + q + ")")
                                        .orElse(""),
                        m -> bits(run, m)));
            }
        }
        return columns;
    }

    private static String bits(RunContents run, Measurement measurement) {
        if (measurement.diverged(measurement.bound())) {
            return "not finite";
        }
        return Wording.written(bitsPerDimension(run, measurement), Wording::bits);
    }

    /** Bits per dimension of the bound of log p(x), where there is one and they mean something. */
    static OptionalDouble bitsPerDimension(RunContents run, Measurement measurement) {
        OptionalDouble bound = measurement.minusBound();
        return bound.isPresent() ? run.manifest().bitsPerDimension(bound.getAsDouble()) : OptionalDouble.empty();
    }
}
