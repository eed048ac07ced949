package io.vae4j.experiments.report;

import io.vae4j.experiments.run.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The section on what the command {@code evaluate} found. */
final class EvaluationSection {

    private EvaluationSection() {}

    /** The NLL, its standard error and what it was measured on; empty where the file has none. */
    static Optional<String> summary(EvaluationResult result) {
        String error = result.nllStandardError()
                .map(value -> " ± " + Wording.nats(value))
                .orElse("");
        return result.nll()
                .map(nll -> (Double.isFinite(nll) ? Wording.nats(nll) + error : "not finite") + extent(result));
    }

    static Markup.Element of(EvaluationResult result) {
        List<Markup> rows = new ArrayList<>();
        row(rows, "NLL ± standard error, nats per example", summary(result));
        row(rows, "Note", result.note());
        row(rows, "ELBO, nats per example", result.elbo().map(EvaluationSection::written));
        row(rows, "Reconstruction, nats per example", result.reconstruction().map(EvaluationSection::written));
        row(
                rows,
                "KL per layer, nats",
                joined(result.klPerLayer().stream()
                        .map(EvaluationSection::written)
                        .toList()));
        row(
                rows,
                "Active units per layer",
                joined(result.activeUnits().stream().map(String::valueOf).toList()));
        row(rows, "Effective sample size", effectiveSampleSize(result));
        row(rows, "Codes", result.codes().map(EvaluationSection::codes));
        return Page.section("Evaluation").add(Markup.element("dl", rows));
    }

    private static void row(List<Markup> rows, String term, Optional<String> value) {
        value.ifPresent(text -> rows.add(Origin.entry(term, Markup.element("dd", text))));
    }

    private static String extent(EvaluationResult result) {
        StringBuilder extent = new StringBuilder();
        result.samples().ifPresent(samples -> extent.append(", K = ").append(whole(samples)));
        result.images()
                .ifPresent(images -> extent.append(", ").append(whole(images)).append(" images"));
        result.epoch().ifPresent(epoch -> extent.append(", after epoch ").append(whole(epoch)));
        return extent.toString();
    }

    private static Optional<String> effectiveSampleSize(EvaluationResult result) {
        String of = result.samples().map(samples -> " of " + whole(samples)).orElse("");
        String least = result.leastEffectiveSampleSize()
                .map(size -> ", smallest " + written(size))
                .orElse("");
        return result.effectiveSampleSize().map(mean -> written(mean) + of + least);
    }

    private static String codes(EvaluationResult.Codes codes) {
        return String.format(
                Locale.ROOT, "%.1f %% used, perplexity %s", 100 * codes.used(), written(codes.perplexity()));
    }

    private static Optional<String> joined(List<String> values) {
        return Optional.of(values.stream().collect(Collectors.joining(", "))).filter(text -> !text.isEmpty());
    }

    private static String written(double value) {
        return Double.isFinite(value) ? Wording.nats(value) : "not finite";
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
