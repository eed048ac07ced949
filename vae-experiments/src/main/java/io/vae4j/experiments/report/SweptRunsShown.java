package io.vae4j.experiments.report;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.Goal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a sweep shows of single runs, from their folders.
 *
 * @param best the best run of the best setting
 * @param pictures of that
 * @param evaluation of the settings whose test examples were looked at
 */
record SweptRunsShown(Optional<ComparedRun> best, ComparedPictures pictures, Optional<Table> evaluation) {

    /** A table has a column for each. */
    private static final int MOST_EVALUATED = 10;

    /** @param notes takes sentences about runs that cannot be read */
    static SweptRunsShown of(SweepResult result, Path folder, List<String> notes) throws IOException {
        Comparator<Double> order = result.goal().direction() == Goal.Direction.MINIMIZE
                ? Comparator.naturalOrder()
                : Comparator.reverseOrder();
        List<SweptRun> first =
                result.best().flatMap(setting -> setting.first(order)).stream().toList();
        List<ComparedRun> best = read(first, folder, notes);
        return new SweptRunsShown(
                best.stream().findFirst(),
                ComparedPictures.of(best.stream()
                        .map(run -> new SeedGroup(run.run().name(), List.of(run)))
                        .toList()),
                evaluation(result, folder, notes));
    }

    private static Optional<Table> evaluation(SweepResult result, Path folder, List<String> notes) throws IOException {
        List<SeedGroup> groups = new ArrayList<>();
        for (SweptSetting setting : result.ranked()) {
            if (setting.nll().isPresent() && groups.size() < MOST_EVALUATED) {
                List<ComparedRun> runs = read(setting.runs(), folder, notes);
                if (!runs.isEmpty()) {
                    groups.add(new SeedGroup(setting.name(), runs));
                }
            }
        }
        return groups.isEmpty() ? Optional.empty() : EvaluationComparison.of(groups);
    }

    private static List<ComparedRun> read(List<SweptRun> runs, Path folder, List<String> notes) throws IOException {
        List<ComparedRun> read = new ArrayList<>();
        for (SweptRun run : runs) {
            try {
                read.add(ComparedRun.read(folder.resolve(run.folder())));
            } catch (InvalidInput fault) {
                notes.add("A run is not shown: " + fault.getMessage());
            }
        }
        return read;
    }
}
