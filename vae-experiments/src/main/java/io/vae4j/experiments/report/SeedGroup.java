package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs that differ by their seed alone, or one run by itself.
 *
 * @param label by which a page calls it
 */
record SeedGroup(String label, List<ComparedRun> runs) {

    /** How many seeds are named one by one. */
    private static final int MOST_NAMED = 6;

    /** The runs in groups, in the order of their first ones; a seed that occurs twice is another group's. */
    static List<SeedGroup> of(List<ComparedRun> runs) {
        List<List<ComparedRun>> groups = new ArrayList<>();
        for (ComparedRun run : runs) {
            groups.stream()
                    .filter(group -> group.stream().allMatch(run::differsBySeedAlone))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(run), () -> groups.add(new ArrayList<>(List.of(run))));
        }
        List<String> labels = distinct(groups.stream().map(SeedGroup::name).toList());
        return IntStream.range(0, groups.size())
                .mapToObj(i -> new SeedGroup(labels.get(i), List.copyOf(groups.get(i))))
                .toList();
    }

    /** The folder's name; of several runs what they share when the seeds at their ends are cut off, or the recipe. */
    private static String name(List<ComparedRun> group) {
        ComparedRun first = group.get(0);
        if (group.size() == 1) {
            return first.run().name();
        }
        List<String> stems =
                group.stream().map(SeedGroup::withoutSeed).distinct().toList();
        return stems.size() == 1 && !stems.get(0).isEmpty()
                ? stems.get(0)
                : first.run().recipeName();
    }

    private static String withoutSeed(ComparedRun run) {
        String seed = run.seed().map(String::valueOf).orElse("");
        return run.run().name().replaceFirst("[-_.]?(s|seed)?[-_.]?" + seed + "$", "");
    }

    /** Folders in different places may have one name. */
    private static List<String> distinct(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.indexOf(names.get(i)) == names.lastIndexOf(names.get(i))
                        ? names.get(i)
                        : names.get(i) + " (" + (i + 1) + ")")
                .toList();
    }

    ComparedRun first() {
        return runs.get(0);
    }

    boolean hasSeveral() {
        return runs.size() > 1;
    }

    /** What the page calls one of the runs. */
    String nameOf(ComparedRun run) {
        return hasSeveral() ? label + ", seed " + seed(run) : label;
    }

    /** The label, with how many runs it stands for. */
    String heading() {
        return hasSeveral() ? label + ", " + Wording.count(runs.size(), "seed") : label;
    }

    String seeds() {
        return runs.size() > MOST_NAMED
                ? Wording.count(runs.size(), "seed")
                : runs.stream().map(SeedGroup::seed).collect(Collectors.joining(", "));
    }

    private static String seed(ComparedRun run) {
        return run.seed().map(String::valueOf).orElse(Wording.ABSENT);
    }

    /** What all its runs have, or the different things that they have; a dash where none has any. */
    String told(Function<ComparedRun, Optional<String>> what) {
        String all =
                runs.stream().map(what).flatMap(Optional::stream).distinct().collect(Collectors.joining("; "));
        return all.isEmpty() ? Wording.ABSENT : all;
    }
}
