package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.sweep.Standings.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a sweep stands: what all events so far amount to. */
final class SweepState {

    private final SweepPlan plan;
    private final int epochs;
    private final List<SettingState> settings = new ArrayList<>();
    private final Map<RunName, RunState> runs = new LinkedHashMap<>();

    /** A setting that was decided on, and how far its runs are to get. */
    static final class SettingState {

        private final Map<String, JsonNode> values;
        private Optional<Integer> until;

        private SettingState(Map<String, JsonNode> values, Optional<Integer> until) {
            this.values = values;
            this.until = until;
        }

        Map<String, JsonNode> values() {
            return values;
        }

        Optional<Integer> until() {
            return until;
        }
    }

    /** How far a run is. */
    static final class RunState {

        private final RunName name;
        private final NavigableMap<Integer, Event.Reached> reached = new TreeMap<>();
        private Optional<String> failure = Optional.empty();
        private Optional<Event.Evaluated> evaluated = Optional.empty();
        private int starts;
        private int losses;

        private RunState(RunName name) {
            this.name = name;
        }

        RunName name() {
            return name;
        }

        /** Why it cannot be trained; empty where it can. */
        Optional<String> failure() {
            return failure;
        }

        /** The last that is known of it. */
        Optional<Event.Reached> last() {
            return Optional.ofNullable(reached.lastEntry()).map(Map.Entry::getValue);
        }

        /** What the test examples said. */
        Optional<Event.Evaluated> evaluated() {
            return evaluated;
        }

        /** How many processes it has had. */
        int starts() {
            return starts;
        }

        /** How many of these have died since it got somewhere. */
        int losses() {
            return losses;
        }

        /** Whether there is nothing more to train of it up to an epoch. */
        private boolean isAt(int epoch) {
            return failure.isPresent()
                    || reached.containsKey(epoch)
                    || last().filter(Event.Reached::ended).isPresent();
        }

        /** What is known of it after an epoch, or of its end where that came earlier. */
        Optional<Event.Reached> after(int epoch) {
            return Optional.ofNullable(reached.get(epoch)).or(() -> last().filter(Event.Reached::ended));
        }

        /** Its loss after an epoch; infinite where it has failed, empty where it is not there. */
        private Optional<Double> loss(int epoch, Goal goal) {
            return failure.isPresent()
                    ? Optional.of(Double.POSITIVE_INFINITY)
                    : after(epoch).map(event -> goal.loss(event.value()));
        }
    }

    /** @param epochs of a whole run */
    SweepState(SweepPlan plan, int epochs, List<Event> events) {
        this.plan = plan;
        this.epochs = epochs;
        events.forEach(this::add);
    }

    /** Takes an event into account. */
    void add(Event event) {
        if (event instanceof Event.Decided decided) {
            decide(decided);
        } else if (event instanceof Event.Started started) {
            run(started.run()).starts++;
        } else if (event instanceof Event.Lost lost) {
            run(lost.run()).losses++;
        } else if (event instanceof Event.Reached reached) {
            RunState run = run(reached.run());
            run.reached.put(reached.until().orElse(epochs), reached);
            run.losses = 0;
        } else if (event instanceof Event.Failed failed) {
            run(failed.run()).failure = Optional.of(failed.reason());
        } else if (event instanceof Event.Retried retried) {
            run(retried.run()).failure = Optional.empty();
            run(retried.run()).losses = 0;
        } else if (event instanceof Event.Evaluated evaluated) {
            run(evaluated.run()).evaluated = Optional.of(evaluated);
        }
    }

    private void decide(Event.Decided decided) {
        if (decided.setting() == settings.size()) {
            settings.add(new SettingState(decided.values(), decided.until()));
            plan.runs(decided.setting()).forEach(run -> runs.put(run, new RunState(run)));
        } else {
            settings.get(decided.setting()).until = decided.until();
        }
    }

    RunState run(RunName name) {
        return runs.computeIfAbsent(name, RunState::new);
    }

    List<SettingState> settings() {
        return settings;
    }

    Collection<RunState> runs() {
        return runs.values();
    }

    /** The epochs of a whole run. */
    int epochs() {
        return epochs;
    }

    /** What was decided and is not there yet, in the order of decisions. */
    List<RunState> outstanding() {
        return runs.values().stream()
                .filter(run -> !run.isAt(epoch(run.name().setting())))
                .toList();
    }

    /** The epoch to which a setting was sent. */
    private int epoch(int setting) {
        return settings.get(setting).until().orElse(epochs);
    }

    /** What a search is to know. */
    Standings standings() {
        List<Standing> all = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            SettingState setting = settings.get(i);
            all.add(new Standing(i, setting.values(), setting.until(), losses(i)));
        }
        return new Standings(epochs, all);
    }

    private NavigableMap<Integer, Double> losses(int setting) {
        List<RunState> seeds = plan.runs(setting).map(this::run).toList();
        Set<Integer> sent = new TreeSet<>(Set.of(epoch(setting)));
        seeds.forEach(run -> sent.addAll(run.reached.keySet()));
        NavigableMap<Integer, Double> losses = new TreeMap<>();
        for (int epoch : sent) {
            List<Double> there = seeds.stream()
                    .flatMap(run -> run.loss(epoch, plan.spec().goal()).stream())
                    .toList();
            if (there.size() == seeds.size()) {
                losses.put(
                        epoch,
                        there.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow());
            }
        }
        return losses;
    }

    /**
     * The settings that were trained furthest, the best of them first; those of which a run has failed are left out.
     */
    List<Integer> ranking() {
        List<Standing> all = standings().settings().stream()
                .filter(standing -> !standing.losses().isEmpty()
                        && Double.isFinite(standing.losses().lastEntry().getValue()))
                .toList();
        Comparator<Standing> furthest =
                Comparator.comparingInt(standing -> -standing.losses().lastKey());
        return all.stream()
                .sorted(furthest.thenComparingDouble(
                        standing -> standing.losses().lastEntry().getValue()))
                .map(Standing::index)
                .toList();
    }
}
