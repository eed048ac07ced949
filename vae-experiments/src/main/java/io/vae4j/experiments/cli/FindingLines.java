package io.vae4j.experiments.cli;

import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What further evaluations of a run found, as text: a line for each figure, each caution, and what does not apply. */
final class FindingLines {

    private FindingLines() {}

    static List<String> of(Path run, Map<String, Findings> evaluations) {
        return evaluations.entrySet().stream()
                .flatMap(entry -> texts(entry.getValue()).map(text -> run + ": " + entry.getKey() + ": " + text))
                .toList();
    }

    private static Stream<String> texts(Findings findings) {
        Stream<String> figures = findings.figures().values().stream().map(FindingLines::text);
        Stream<String> absent = findings.notApplicable().stream().map(reason -> "does not apply: " + reason);
        Stream<String> cautions = findings.cautions().stream().map(caution -> "caution: " + caution);
        return Stream.of(figures, absent, cautions).flatMap(lines -> lines);
    }

    private static String text(Finding figure) {
        Unit unit = figure.unit().orElse(Unit.NUMBER);
        String error =
                figure.standardError().map(of -> " (" + number(of, unit) + ")").orElse("");
        String interval = figure.interval()
                .map(of -> " [" + number(of.lower(), unit) + ", " + number(of.upper(), unit) + "]")
                .orElse("");
        return figure.heading() + ": " + number(figure.value(), unit) + error + interval;
    }

    private static String number(double value, Unit unit) {
        if (unit == Unit.SHARE) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * value);
        }
        boolean counted = unit == Unit.NUMBER && value == Math.rint(value);
        return String.format(Locale.ROOT, counted ? "%.0f" : "%.3f", value);
    }
}
