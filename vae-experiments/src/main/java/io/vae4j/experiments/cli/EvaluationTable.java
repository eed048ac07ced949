package io.vae4j.experiments.cli;

import io.vae4j.experiments.evaluation.EvaluatedRun;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.run.EvaluationResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Evaluations side by side, as text. */
final class EvaluationTable {

    /** Where there is no such figure. */
    private static final String NONE = "-";

    private EvaluationTable() {}

    /** A run, as the user named it, and what was measured. */
    record Row(Path run, EvaluatedRun measured) {}

    static String of(List<Row> runs) {
        String title =
                "nll: minus the bound of log p(x) by K samples, in nats per example, with its standard error (se)\n"
                        + "diff: what it is above the first run's, over the same examples; - where data or likelihood are others";
        String header = layout(
                "nll",
                "se",
                "diff (se)",
                "elbo",
                "-log p(x|z)",
                "ess",
                "active units",
                "KL of layers",
                "run: model (epoch, K, examples)");
        String rows = runs.stream().map(run -> row(run, runs.get(0).measured())).collect(Collectors.joining("\n"));
        return title + "\n" + header + "\n" + rows;
    }

    private static String row(Row named, EvaluatedRun first) {
        EvaluatedRun run = named.measured();
        String difference = NONE;
        boolean paired = run.target().equals(first.target()) && run.nll().length == first.nll().length;
        if (paired && run.nll().length > 0) {
            Mean mean = Mean.ofDifferences(run.nll(), first.nll());
            difference = number(mean.value()) + " (" + number(mean.standardError()) + ")";
        }
        EvaluationResult is = run.evaluation();
        return layout(
                number(is.nll()),
                number(is.nllStandardError()),
                difference,
                number(is.elbo()),
                number(is.reconstruction()),
                number(is.effectiveSampleSize()),
                joined(is.activeUnits().stream().map(String::valueOf).toList()),
                joined(is.klPerLayer().stream()
                        .map(kl -> number(kl.doubleValue()))
                        .toList()),
                named.run() + ": " + run.title() + " (" + text(is.epoch()) + ", "
                        + text(is.samples()) + ", " + text(is.images()) + ")"
                        + is.codes().map(EvaluationTable::codes).orElse("")
                        + is.note().map(note -> "; " + note).orElse(""));
    }

    private static String codes(EvaluationResult.Codes codes) {
        return String.format(
                Locale.ROOT, "; %.1f %% of the codes used, perplexity %.1f", 100 * codes.used(), codes.perplexity());
    }

    private static String layout(Object... cells) {
        return String.format(Locale.ROOT, "%9s %6s  %15s  %9s  %11s  %8s  %-12s  %-20s  %s", cells);
    }

    private static String joined(List<String> numbers) {
        return numbers.isEmpty() ? NONE : String.join(" + ", numbers);
    }

    private static String number(Optional<Double> value) {
        return value.map(EvaluationTable::number).orElse(NONE);
    }

    private static String text(Optional<? extends Number> count) {
        return count.map(String::valueOf).orElse(NONE);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
