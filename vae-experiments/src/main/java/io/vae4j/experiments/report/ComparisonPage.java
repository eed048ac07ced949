package io.vae4j.experiments.report;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        boolean areAlike = areAlike(runs);
        return new ComparisonPage(
                count(runs, groups),
                areAlike ? best(groups) : Optional.empty(),
                notes(groups, areAlike),
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

    /** Losses of different kinds, or on different data, have no order. */
    private static boolean areAlike(List<ComparedRun> runs) {
        return runs.stream()
                        .map(run -> run.run().manifest())
                        .map(manifest -> List.of(
                                manifest.normalized(),
                                manifest.likelihood(),
                                manifest.latestData().map(DataRecord::content)))
                        .distinct()
                        .count()
                == 1;
    }

    private static List<String> notes(List<SeedGroup> groups, boolean areAlike) {
        List<String> notes = new ArrayList<>(Curves.obstacle().stream().toList());
        if (!areAlike) {
            notes.add("These runs differ in their data or in their likelihood: their losses cannot be compared.");
        }
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
        }
        return notes;
    }
}
