package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Goal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a sweep came about: what one needs to repeat it, and what it took. */
final class SweepFacts {

    /** What its runs have in common. */
    private static final Set<String> OF_RUNS = Set.of("Device", "Threads", "Versions", "Plugins", "Data");

    private SweepFacts() {}

    /** @param run one of its runs, where there is one */
    static List<Fact> of(SweepResult result, Optional<ComparedRun> run) {
        SweepCourse course = result.course();
        List<SweptRun> runs = result.runs();
        double seconds = runs.stream().mapToDouble(SweptRun::seconds).sum();
        return Stream.of(
                        Fact.of("Recipe", Optional.of(result.recipe())),
                        Fact.of("Search", Optional.of(OriginFacts.part(course.sweep(), "search"))),
                        Fact.of("Chosen by", Optional.of(chosenBy(result))),
                        Fact.of("Runs", Optional.of(states(runs))),
                        Fact.of("Epochs", Optional.of(epochs(runs))),
                        Fact.of("Started", course.started()),
                        Fact.of("Time", Optional.of(time(seconds, course.wallSeconds()))),
                        Fact.of("Runs at a time", Optional.of(slots(course.slots()))),
                        Fact.of("Places", Optional.of(String.join(", ", course.places()))),
                        Fact.of("Processes of runs", Optional.of(processes(runs, course.lost()))),
                        Fact.of("vae4j", Optional.of(String.join(", then ", course.versions()))),
                        run.stream()
                                .flatMap(one -> OriginFacts.of(one.run()).stream())
                                .filter(fact -> OF_RUNS.contains(fact.term()))
                                .toList())
                .flatMap(List::stream)
                .toList();
    }

    private static String chosenBy(SweepResult result) {
        return (result.goal().direction() == Goal.Direction.MINIMIZE ? "the lowest " : "the highest ")
                + result.goal().title() + ", the mean over seeds";
    }

    private static String states(List<SweptRun> runs) {
        return runs.size() + ": "
                + Arrays.stream(SweptRun.State.values())
                        .sorted(Comparator.reverseOrder())
                        .map(state -> countOf(runs, state) + " " + state.label())
                        .filter(text -> !text.startsWith("0 "))
                        .collect(Collectors.joining(", "));
    }

    private static long countOf(List<SweptRun> runs, SweptRun.State state) {
        return runs.stream().filter(run -> run.state() == state).count();
    }

    private static String epochs(List<SweptRun> runs) {
        int done = runs.stream().mapToInt(SweptRun::epochs).sum();
        int most = runs.stream().mapToInt(SweptRun::epochs).max().orElse(0);
        return Wording.whole(done) + " of all runs together, at most " + Wording.whole(most) + " of one";
    }

    private static String time(double seconds, double wall) {
        return Wording.duration(wall) + "; the runs together took " + Wording.duration(seconds) + " to train";
    }

    private static String slots(List<Integer> slots) {
        return slots.stream().distinct().map(String::valueOf).collect(Collectors.joining(", then "))
                + (slots.size() > 1
                        ? "; the sweep was taken up " + Wording.count(slots.size() - 1, "time") + " again"
                        : "");
    }

    private static String processes(List<SweptRun> runs, int lost) {
        return runs.stream().mapToInt(SweptRun::processes).sum()
                + (lost > 0 ? ", of which " + lost + " died and were begun anew" : "");
    }
}
