package io.vae4j.experiments.report;

import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What the command {@code evaluate} found of several runs: a row for each figure, a column for each group. */
final class EvaluationComparison {

    private final List<SeedGroup> groups;
    private final List<Table.Row> rows = new ArrayList<>();

    private EvaluationComparison(List<SeedGroup> groups) {
        this.groups = groups;
    }

    /** Empty where no run was evaluated. */
    static Optional<Table> of(List<SeedGroup> groups) {
        EvaluationComparison comparison = new EvaluationComparison(groups);
        comparison.figure("NLL", EvaluationResult::nll);
        comparison.figure("Standard error over examples", EvaluationResult::nllStandardError);
        PairedDifferences.row(groups).ifPresent(comparison.rows::add);
        comparison.figure("ELBO", EvaluationResult::elbo);
        comparison.figure("Reconstruction", EvaluationResult::reconstruction);
        comparison.layers("KL", EvaluationResult::klPerLayer, Wording::nats);
        comparison.layers("Active units", EvaluationResult::activeUnits, Wording::compact);
        comparison.figure("Effective sample size", EvaluationResult::effectiveSampleSize);
        comparison.figure("The smallest of an example", EvaluationResult::leastEffectiveSampleSize);
        comparison.add(
                "Codes used",
                result -> result.codes().map(codes -> 100 * codes.used()),
                share -> Wording.nats(share) + " %");
        comparison.figure("Perplexity of the codes", result -> result.codes().map(EvaluationResult.Codes::perplexity));
        comparison.findings();
        comparison.told("Samples K", result -> result.samples().map(Wording::whole));
        comparison.told("Examples", result -> result.images().map(Wording::whole));
        comparison.told("After epoch", result -> result.epoch().map(Wording::whole));
        return comparison.rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Table.across(
                        "As last evaluated; nats per example where nothing else is said",
                        "Figure",
                        groups,
                        comparison.rows));
    }

    private void figure(String heading, Function<EvaluationResult, Optional<Double>> value) {
        add(heading, value, Wording::nats);
    }

    /** What further evaluations found, a row for each figure that any run has. */
    private void findings() {
        Map<List<String>, Finding> known = new LinkedHashMap<>();
        groups.stream()
                .flatMap(group -> group.runs().stream())
                .flatMap(run -> run.run().evaluation().stream())
                .forEach(result -> result.evaluations()
                        .forEach((name, found) -> found.figures().entrySet().stream()
                                // the NLL has a row already
                                .filter(figure -> figure.getValue().interval().isEmpty())
                                .forEach(figure ->
                                        known.putIfAbsent(List.of(name, figure.getKey()), figure.getValue()))));
        known.forEach((path, figure) -> add(
                figure.heading(),
                result -> Optional.ofNullable(result.evaluations().get(path.get(0)))
                        .flatMap(found -> Optional.ofNullable(found.figures().get(path.get(1))))
                        .map(Finding::value),
                value -> FindingText.number(figure, value)));
    }

    private void layers(
            String heading, Function<EvaluationResult, List<? extends Number>> values, DoubleFunction<String> written) {
        int most = groups.stream()
                .flatMap(group -> group.runs().stream())
                .flatMap(run -> run.run().evaluation().stream())
                .mapToInt(result -> values.apply(result).size())
                .max()
                .orElse(0);
        for (int layer = 0; layer < most; layer++) {
            int index = layer;
            add(
                    most == 1 ? heading : heading + " of layer " + (layer + 1),
                    result -> values.apply(result).stream()
                            .skip(index)
                            .findFirst()
                            .map(Number::doubleValue),
                    written);
        }
    }

    private void add(
            String heading, Function<EvaluationResult, Optional<Double>> value, DoubleFunction<String> written) {
        SeedFigure figure = new SeedFigure(run -> run.run().evaluation().flatMap(value), written);
        keep(heading, figure::in);
    }

    private void told(String heading, Function<EvaluationResult, Optional<String>> what) {
        keep(heading, group -> group.told(run -> run.run().evaluation().flatMap(what)));
    }

    private void keep(String heading, Function<SeedGroup, String> cell) {
        List<String> cells = groups.stream().map(cell).toList();
        if (cells.stream().anyMatch(text -> !text.equals(Wording.ABSENT))) {
            rows.add(new Table.Row(heading, cells));
        }
    }
}
