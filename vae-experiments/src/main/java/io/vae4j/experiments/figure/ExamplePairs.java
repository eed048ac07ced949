package io.vae4j.experiments.figure;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pairs of test examples: of two classes, or of one where the class is given to the model. */
final class ExamplePairs {

    /** Partners are looked for among the first ones: one of another class is soon found, if there is one. */
    private static final int SEARCHED = 1000;

    private ExamplePairs() {}

    /**
     * The pairs that the user chose, or the first ones there are.
     *
     * @param usual how many where the user says nothing
     * @return their places
     * @throws InvalidInput if what is chosen makes no pairs
     */
    static List<List<Integer>> of(Subject run, FigureOptions options, int usual) {
        return options.chosen().isEmpty() ? first(run, options.examples().orElse(usual)) : chosen(run, options);
    }

    private static List<List<Integer>> chosen(Subject run, FigureOptions options) {
        List<Integer> places = ChosenExamples.of(run, options, 0);
        if (places.size() % 2 != 0) {
            throw new InvalidInput("these are no pairs: " + places, "--choose", "give two places, or two for each row");
        }
        List<List<Integer>> pairs = IntStream.range(0, places.size() / 2)
                .mapToObj(i -> places.subList(2 * i, 2 * i + 2))
                .toList();
        boolean mixed = pairs.stream().anyMatch(pair -> !isOneClass(run, pair.get(0), pair.get(1)));
        if (run.view().conditionClasses().isPresent() && mixed) {
            throw new InvalidInput(
                    "the class is given to this model, and two examples are of different ones",
                    "--choose",
                    "choose two of one class");
        }
        return pairs;
    }

    private static List<List<Integer>> first(Subject run, int count) {
        List<List<Integer>> alike = pairs(run, count, true);
        List<List<Integer>> unlike = run.view().conditionClasses().isPresent() ? List.of() : pairs(run, count, false);
        List<List<Integer>> found = unlike.isEmpty() ? alike : unlike;
        if (found.isEmpty()) {
            throw new InvalidInput(
                    "no two test examples make a pair", run.name(), "choose two by their places, as by --choose 0,1");
        }
        return found;
    }

    private static List<List<Integer>> pairs(Subject run, int count, boolean alike) {
        List<Integer> left = new ArrayList<>(
                IntStream.range(0, Math.min(run.count(), SEARCHED)).boxed().toList());
        List<List<Integer>> pairs = new ArrayList<>();
        while (pairs.size() < count && !left.isEmpty()) {
            int one = left.remove(0);
            Optional<Integer> partner = left.stream()
                    .filter(other -> isOneClass(run, one, other) == alike)
                    .findFirst();
            partner.ifPresent(other -> {
                left.remove(other);
                pairs.add(List.of(one, other));
            });
        }
        return pairs;
    }

    private static boolean isOneClass(Subject run, int one, int other) {
        return !(run.test().labels() instanceof Labels.Classes known) || known.of()[one] == known.of()[other];
    }
}
