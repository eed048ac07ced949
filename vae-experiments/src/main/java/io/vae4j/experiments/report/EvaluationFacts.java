package io.vae4j.experiments.report;

import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Findings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command {@code evaluate} found. */
final class EvaluationFacts {

    private EvaluationFacts() {}

    static List<Fact> of(EvaluationResult result) {
        return Stream.concat(likelihood(result), further(result)).toList();
    }

    private static Stream<Fact> likelihood(EvaluationResult result) {
        return Stream.of(
                        Fact.of("NLL ± standard error, nats per example", summary(result)),
                        Fact.of("Note", result.note()),
                        Fact.of("ELBO, nats per example", result.elbo().map(Wording::finite)),
                        Fact.of(
                                "Reconstruction, nats per example",
                                result.reconstruction().map(Wording::finite)),
                        Fact.of(
                                "KL per layer, nats",
                                joined(result.klPerLayer().stream().map(Wording::finite))),
                        Fact.of(
                                "Active units per layer",
                                joined(result.activeUnits().stream().map(String::valueOf))),
                        Fact.of("Effective sample size", effectiveSampleSize(result)),
                        Fact.of("Codes", result.codes().map(EvaluationFacts::codes)))
                .flatMap(List::stream);
    }

    private static Stream<Fact> further(EvaluationResult result) {
        return result.evaluations().values().stream().flatMap(EvaluationFacts::facts);
    }

    private static Stream<Fact> facts(Findings findings) {
        Stream<Fact> figures =
                findings.figures().values().stream().map(figure -> new Fact(figure.heading(), FindingText.of(figure)));
        Stream<Fact> absent = findings.notApplicable().stream()
                .map(reason -> new Fact(findings.title(), "does not apply: " + reason));
        Stream<Fact> cautions = findings.cautions().stream().map(caution -> new Fact("Caution", caution));
        return Stream.of(figures, absent, cautions).flatMap(facts -> facts);
    }

    /** The NLL, its standard error and what it was measured on; empty where the file has none. */
    static Optional<String> summary(EvaluationResult result) {
        String error = result.nllStandardError()
                .filter(Double::isFinite)
                .map(value -> " ± " + Wording.nats(value))
                .orElse("");
        return result.nll().map(nll -> Wording.finite(nll) + (Double.isFinite(nll) ? error : "") + extent(result));
    }

    private static String extent(EvaluationResult result) {
        return result.samples().map(n -> ", K = " + Wording.whole(n)).orElse("")
                + result.images()
                        .map(n -> ", " + Wording.whole(n) + " examples")
                        .orElse("")
                + result.epoch().map(n -> ", after epoch " + Wording.whole(n)).orElse("");
    }

    private static Optional<String> effectiveSampleSize(EvaluationResult result) {
        String of = result.samples().map(n -> " of " + Wording.whole(n)).orElse("");
        String least = result.leastEffectiveSampleSize()
                .map(size -> ", smallest " + Wording.finite(size))
                .orElse("");
        return result.effectiveSampleSize().map(mean -> Wording.finite(mean) + of + least);
    }

    private static String codes(EvaluationResult.Codes codes) {
        return String.format(
                Locale.ROOT, "%.1f %% used, perplexity %s", 100 * codes.used(), Wording.finite(codes.perplexity()));
    }

    private static Optional<String> joined(Stream<String> values) {
        return Optional.of(values.collect(Collectors.joining(", ")));
    }
}
