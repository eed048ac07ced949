package io.vae4j.experiments.sweep;

import io.vae4j.experiments.sweep.SweepProgress.Running;
import io.vae4j.experiments.sweep.SweepProgress.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What is shown of a sweep while it runs. */
final class Snapshots {

    private Snapshots() {}

    static Snapshot of(SweepPlan plan, SweepState state, RunPool pool, RunRecords records) {
        List<Running> running = pool.running().stream()
                .map(run -> new Running(
                        run.order().name(),
                        records.epochs(run.order()),
                        run.order().until().orElse(state.epochs()),
                        pool.place(run.slot()),
                        run.seconds()))
                .toList();
        int still = state.runs().stream()
                .filter(run -> !pool.isRunning(run.name()))
                .mapToInt(run -> run.last().map(Event.Reached::epochs).orElse(0))
                .sum();
        return new Snapshot(
                still + running.stream().mapToInt(Running::epochs).sum(),
                most(plan, state),
                (int) state.runs().stream()
                        .filter(run -> run.last().isPresent())
                        .count(),
                (int) state.runs().stream()
                        .filter(run -> run.failure().isPresent())
                        .count(),
                running,
                best(plan, state));
    }

    private static OptionalInt most(SweepPlan plan, SweepState state) {
        OptionalInt settings = plan.spec().search().settings(plan.spec().space());
        return settings.isPresent()
                ? OptionalInt.of(settings.getAsInt() * plan.spec().seeds().size() * state.epochs())
                : OptionalInt.empty();
    }

    private static Optional<String> best(SweepPlan plan, SweepState state) {
        Standings standings = state.standings();
        return state.ranking().stream()
                .findFirst()
                .map(setting -> String.format(
                        Locale.ROOT,
                        "%s, %s %.6g",
                        plan.settingName(setting),
                        plan.spec().goal().title(),
                        plan.spec()
                                .goal()
                                .loss(standings
                                        .settings()
                                        .get(setting)
                                        .losses()
                                        .lastEntry()
                                        .getValue())));
    }
}
