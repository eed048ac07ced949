package io.vae4j.experiments.sweep;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.report.SweepCourse;
import io.vae4j.experiments.report.SweepResult;
import io.vae4j.experiments.report.SweptKey;
import io.vae4j.experiments.report.SweptRun;
import io.vae4j.experiments.report.SweptRun.State;
import io.vae4j.experiments.report.SweptSetting;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.sweep.Standings.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What came out of a sweep by its state: its settings in their order, and the figures of each. */
final class ResultOfState {

    private final SweepPlan plan;
    private final SweepState state;
    private final Goal goal;
    private final List<Standing> standings;
    private final List<Integer> ranking;
    private final Set<RunName> outstanding;

    private ResultOfState(SweepPlan plan, SweepState state) {
        this.plan = plan;
        this.state = state;
        goal = plan.spec().goal();
        standings = state.standings().settings();
        ranking = state.ranking();
        outstanding = state.outstanding().stream()
                .map(SweepState.RunState::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** @param folder of the sweep */
    static SweepResult of(SweepPlan plan, SweepState state, SweepCourse course, Path folder) {
        return new SweepResult(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                plan.name(),
                plan.spec().description(),
                plan.spec().goal(),
                keys(plan.spec()),
                settings(plan, state),
                course,
                notes(plan, state));
    }

    static List<SweptKey> keys(SweepSpec spec) {
        return spec.vary().entrySet().stream()
                .map(entry -> new SweptKey(entry.getKey(), scale(entry.getValue())))
                .toList();
    }

    private static Optional<Axis.Scale> scale(Dimension dimension) {
        return switch (dimension.scale()) {
            case LINEAR -> Optional.of(Axis.Scale.LINEAR);
            case LOGARITHMIC -> Optional.of(Axis.Scale.LOGARITHMIC);
            case NAMES -> Optional.empty();
        };
    }

    /** Those that have a rank, the best first; then the others in the order in which they were decided on. */
    static List<SweptSetting> settings(SweepPlan plan, SweepState state) {
        ResultOfState results = new ResultOfState(plan, state);
        results.standings.forEach(results::requireValues);
        Set<Integer> ranked = new HashSet<>(results.ranking);
        return Stream.concat(
                        IntStream.range(0, results.ranking.size()).mapToObj(results::ranked),
                        IntStream.range(0, results.standings.size())
                                .filter(setting -> !ranked.contains(setting))
                                .mapToObj(results::unranked))
                .toList();
    }

    /** What somebody has changed may lack some. */
    private void requireValues(Standing standing) {
        for (String key : plan.spec().vary().keySet()) {
            if (!standing.values().containsKey(key)) {
                throw new InvalidInput(
                        plan.settingName(standing.index()) + " has no value of " + key,
                        Journal.NAME,
                        "restore the journal and " + SweepFolder.SWEEP);
            }
        }
    }

    /** Why the sweep is not at its end, in sentences. */
    private static List<String> notes(SweepPlan plan, SweepState state) {
        long waiting = state.outstanding().size();
        boolean more = plan.spec()
                .search()
                .next(plan.spec().space(), state.standings())
                .isPresent();
        List<String> notes = new ArrayList<>();
        if (waiting > 0 || more) {
            notes.add("The sweep is not at its end"
                    + (waiting > 0 ? ": " + waiting + (waiting == 1 ? " run is" : " runs are") + " waiting" : "")
                    + ". ./vae sweep --resume with its folder goes on.");
        }
        return notes;
    }

    private SweptSetting ranked(int place) {
        int index = ranking.get(place);
        NavigableMap<Integer, Double> means = means(index);
        int last = means.lastKey();
        List<Double> figures = figures(index, last);
        return new SweptSetting(
                plan.settingName(index),
                standings.get(index).values(),
                Optional.of(place + 1),
                after(index, last).mapToInt(Event.Reached::epochs).max().orElse(0),
                figures,
                place > 0 ? differences(figures, figures(ranking.get(0), last)) : List.of(),
                means,
                runs(index));
    }

    private SweptSetting unranked(int index) {
        return new SweptSetting(
                plan.settingName(index),
                standings.get(index).values(),
                Optional.empty(),
                plan.runs(index)
                        .flatMap(run -> state.run(run).last().stream())
                        .mapToInt(Event.Reached::epochs)
                        .max()
                        .orElse(0),
                List.of(),
                List.of(),
                means(index),
                runs(index));
    }

    private NavigableMap<Integer, Double> means(int index) {
        NavigableMap<Integer, Double> means = new TreeMap<>();
        standings.get(index).losses().forEach((epoch, loss) -> means.put(epoch, goal.loss(loss)));
        return means;
    }

    private List<SweptRun> runs(int index) {
        return plan.runs(index).map(this::run).toList();
    }

    /** By seed, after the epoch to which the runs of a setting were sent; fewer where not all were sent there. */
    private List<Double> figures(int setting, int epoch) {
        return after(setting, epoch).map(Event.Reached::value).toList();
    }

    private Stream<Event.Reached> after(int setting, int epoch) {
        return plan.runs(setting).flatMap(run -> state.run(run).after(epoch).stream());
    }

    private static List<Double> differences(List<Double> figures, List<Double> best) {
        return figures.size() == best.size()
                ? IntStream.range(0, best.size())
                        .mapToObj(i -> figures.get(i) - best.get(i))
                        .toList()
                : List.of();
    }

    private SweptRun run(RunName name) {
        SweepState.RunState run = state.run(name);
        Optional<Event.Reached> last = run.last();
        String called = plan.runName(name);
        return new SweptRun(
                called,
                name.seed(),
                stateOf(run),
                last.map(Event.Reached::epochs).orElse(0),
                last.map(Event.Reached::value),
                run.evaluated().flatMap(Event.Evaluated::nll),
                last.map(Event.Reached::seconds).orElse(0.0),
                run.starts(),
                run.failure().or(() -> run.evaluated().flatMap(Event.Evaluated::note)),
                SweepFolder.run(Path.of(""), called));
    }

    private State stateOf(SweepState.RunState run) {
        if (run.failure().isPresent()) {
            return State.FAILED;
        }
        if (outstanding.contains(run.name())) {
            return State.WAITING;
        }
        return run.last().filter(Event.Reached::ended).isPresent() ? State.ENDED : State.PAUSED;
    }
}
