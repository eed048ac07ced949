package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a page on several runs shows: what came out, in which keys their recipes differ, the test curves laid over each
 * other, and the last pictures and the figures side by side; comparison.jte lays it out. Runs that differ by their seed
 * alone are taken together.
 *
 * @param count the number of runs, in words
 * @param best the runs of lowest loss, where losses have an order
 */
record ComparisonPage(
        String count,
        Optional<Best> best,
        List<String> notes,
        ResultTables results,
        Optional<Table> differences,
        Optional<Table> evaluations,
        List<Curves.Figure> curves,
        ComparedPictures pictures,
        List<ComparedFigure> figures) {

    /** The runs of lowest loss on the test examples. */
    record Best(String name, String loss) {}

    static ComparisonPage of(List<ComparedRun> runs) {
        if (runs.isEmpty()) {
            throw new InvalidInput("there is no run to compare", "report", "name one or more run folders");
        }
        List<SeedGroup> groups = SeedGroup.of(runs);
        Optional<String> incomparable = incomparable(runs);
        return new ComparisonPage(
                count(runs, groups),
                incomparable.isEmpty() ? best(groups) : Optional.empty(),
                notes(groups, incomparable),
                ResultTables.of(groups),
                RecipeDifferences.of(groups),
                EvaluationComparison.of(groups),
                Curves.of(groups),
                ComparedPictures.of(groups),
                ComparedFigure.of(groups));
    }

    private static String count(List<ComparedRun> runs, List<SeedGroup> groups) {
        String all = Wording.count(runs.size(), "run");
        return groups.size() == runs.size() ? all : all + " of " + Wording.count(groups.size(), "setting");
    }

    /** Whether it is taken over seeds is said with it. */
    private static Optional<Best> best(List<SeedGroup> groups) {
        SeedFigure loss = new SeedFigure(ComparisonPage::loss, Wording::nats);
        return groups.stream()
                .filter(group ->
                        group.runs().stream().allMatch(run -> run.loss().isPresent()))
                .min(Comparator.comparingDouble(group -> group.runs().stream()
                        .mapToDouble(run -> run.loss().orElseThrow())
                        .average()
                        .orElseThrow()))
                .map(group -> new Best(group.heading(), loss.in(group)));
    }

    private static Optional<Double> loss(ComparedRun run) {
        return Optional.of(run.loss().orElse(Double.NaN));
    }

    /** Why the losses have no order, as a sentence; empty where they have one. */
    private static Optional<String> incomparable(List<ComparedRun> runs) {
        if (differ(runs, ComparisonPage::target)) {
            return Optional.of(
                    "These runs differ in their data or in their likelihood: their losses cannot be compared.");
        }
        return differ(runs, ComparisonPage::objective)
                ? Optional.of(
                        "These runs minimize different objectives: compare them by their ELBO or their NLL, and not"
                                + " by their losses.")
                : Optional.empty();
    }

    private static boolean differ(List<ComparedRun> runs, Function<ComparedRun, Object> what) {
        return runs.stream().map(what).distinct().count() > 1;
    }

    private static List<Object> target(ComparedRun run) {
        Manifest manifest = run.run().manifest();
        return List.of(
                manifest.normalized(),
                manifest.likelihood(),
                manifest.latestData().map(DataRecord::content));
    }

    private static Map<String, ValueNode> objective(ComparedRun run) {
        return run.recipe().entrySet().stream()
                .filter(entry -> entry.getKey().matches("objective(\\..*)?"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> notes(List<SeedGroup> groups, Optional<String> incomparable) {
        List<String> notes = new ArrayList<>(Curves.obstacle().stream().toList());
        incomparable.ifPresent(notes::add);
        List<String> others = groups.stream()
                .filter(group -> !group.first().run().manifest().normalized().orElse(true))
                .map(SeedGroup::label)
                .toList();
        if (!others.isEmpty()) {
            notes.add("The loss is not a log-likelihood in " + String.join(", ", others) + ".");
        }
        for (SeedGroup group : groups) {
            for (ComparedRun run : group.runs()) {
                String name = group.nameOf(run);
                run.notes().forEach(note -> notes.add(name + ": " + note));
                run.run()
                        .evaluation()
                        .flatMap(EvaluationResult::note)
                        .ifPresent(note -> notes.add(name + ", NLL: " + note));
            }
            // of one run of each group: those of the others differ in a digit
            group.first().run().evaluation().stream()
                    .flatMap(result -> result.evaluations().values().stream())
                    .flatMap(found -> found.cautions().stream())
                    .forEach(caution -> notes.add(group.nameOf(group.first()) + ": " + caution));
        }
        return notes;
    }
}
