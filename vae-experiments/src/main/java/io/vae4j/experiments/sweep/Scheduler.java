package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.sweep.RunBackend.End;
import io.vae4j.experiments.sweep.RunBackend.Order;
import io.vae4j.experiments.sweep.RunPool.Outcome;
import io.vae4j.experiments.sweep.RunPool.Work;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the runs of a sweep, so many at a time, until its search has nothing more to train. Everything is written into
 * the journal before it is acted upon, and the state is a function of the journal: a process that takes the sweep up
 * knows what the last one knew.
 */
final class Scheduler {

    /** A process that dies so often in a row, without getting any further, dies of the run. */
    private static final int MOST_LOSSES = 3;

    private static final long LOOK_MILLIS = 400;

    private final SweepPlan plan;
    private final Journal journal;
    private final SweepState state;
    private final RunBackend backend;
    private final RunPool pool;
    private final RunRecords records;
    private final ResultFiles results;
    private final SweepProgress progress;
    private final StopSignal stop;

    /** What is to be done next with a run. */
    private record Next(RunName run, Work work) {}

    /** Says what that is; empty where nothing is until a run comes back, or at all. */
    private interface Source {
        Optional<Next> next() throws IOException;
    }

    Scheduler(
            SweepPlan plan,
            SweepFolder folder,
            SweepState state,
            RunBackend backend,
            SweepProgress progress,
            StopSignal stop) {
        this.plan = plan;
        this.state = state;
        this.progress = progress;
        this.stop = stop;
        journal = folder.journal();
        records = new RunRecords(plan, folder);
        results = new ResultFiles(plan, folder.path());
        this.backend = backend;
        pool = new RunPool(backend);
    }

    /**
     * Trains all that is to be trained, and looks at the test examples of the best.
     *
     * @throws StopSignal.Stopped if somebody asked; all that was reached is kept
     * @throws InvalidInput if no run has the figure that the sweep chooses by
     * @throws IOException if the disk refuses
     */
    void run() throws IOException, InterruptedException {
        try {
            loop(this::nextToTrain);
            if (!stop.isRequested()) {
                loop(this::nextToEvaluate);
            }
        } finally {
            pool.stop();
            pool.awaitAll();
        }
        stop.check();
    }

    private void loop(Source source) throws IOException, InterruptedException {
        do {
            fill(source);
            if (stop.isRequested()) {
                pool.stop();
            }
            results.keepUp(state);
            progress.stands(Snapshots.of(plan, state, pool, records));
            if (!pool.running().isEmpty()) {
                Optional<RunPool.Ended> back = pool.await(LOOK_MILLIS);
                if (back.isPresent()) {
                    came(back.get());
                }
            }
        } while (!pool.running().isEmpty() || (!stop.isRequested() && fill(source)));
        progress.stands(Snapshots.of(plan, state, pool, records));
    }

    /** Begins what there is room for; tells whether anything is under way. */
    private boolean fill(Source source) throws IOException {
        while (pool.hasRoom() && !stop.isRequested()) {
            Optional<Next> next = source.next();
            if (next.isEmpty()) {
                break;
            }
            RunName run = next.get().run();
            Order order = records.order(run, state.settings().get(run.setting()).until());
            add(new Event.Started(RunRecords.now(), run, order.until(), pool.nextPlace()));
            pool.begin(run, order, next.get().work());
        }
        return !pool.running().isEmpty();
    }

    private Optional<Next> nextToTrain() throws IOException {
        while (true) {
            Optional<RunName> waiting = state.outstanding().stream()
                    .map(SweepState.RunState::name)
                    .filter(run -> !pool.isRunning(run))
                    .findFirst();
            if (waiting.isPresent() && !refused(waiting.get())) {
                return Optional.of(new Next(
                        waiting.get(), (backend, order, slot) -> new Outcome.Trained(backend.train(order, slot))));
            }
            if (waiting.isEmpty() && !decides()) {
                return Optional.empty();
            }
        }
    }

    /** A setting whose values do not go together has runs that failed, and the others go on. */
    private boolean refused(RunName run) throws IOException {
        Optional<String> reason = records.refusal(
                run.setting(), state.settings().get(run.setting()).values());
        if (reason.isPresent()) {
            failed(run, reason.get());
        }
        return reason.isPresent();
    }

    private boolean decides() throws IOException {
        Optional<SearchSpec.Decision> decision =
                plan.spec().search().next(plan.spec().space(), state.standings());
        if (decision.isPresent()) {
            add(decided(decision.get()));
        }
        return decision.isPresent();
    }

    private Event decided(SearchSpec.Decision decision) {
        if (decision instanceof SearchSpec.Decision.GoOn further) {
            Map<String, JsonNode> values =
                    state.settings().get(further.setting()).values();
            return new Event.Decided(further.setting(), values, further.until());
        }
        SearchSpec.Decision.Begin begun = (SearchSpec.Decision.Begin) decision;
        return new Event.Decided(state.settings().size(), begun.values(), begun.until());
    }

    private Optional<Next> nextToEvaluate() {
        return state.ranking().stream()
                .limit(plan.spec().evaluate().settings())
                .flatMap(plan::runs)
                .filter(run ->
                        !pool.isRunning(run) && state.run(run).evaluated().isEmpty())
                .findFirst()
                .map(run -> new Next(
                        run,
                        (backend, order, slot) -> new Outcome.Evaluated(
                                backend.evaluate(order, plan.spec().evaluate(), slot))));
    }

    private void came(RunPool.Ended back) throws IOException {
        RunName run = back.run().run();
        if (back.outcome() instanceof Outcome.Broken broken) {
            throw broken.fault();
        } else if (back.outcome() instanceof Outcome.Evaluated evaluated) {
            if (!stop.isRequested()) {
                evaluated.fault().ifPresent(fault -> progress.tell(plan.runName(run) + " has no NLL: " + fault));
                add(records.evaluated(run, evaluated.fault()));
            }
        } else if (back.outcome() instanceof Outcome.Trained trained) {
            trained(back.run(), trained.end());
        }
    }

    private void trained(RunPool.Underway run, End end) throws IOException {
        if (end instanceof End.Reached) {
            reached(run);
        } else if (end instanceof End.Failed failed) {
            requireRoom(failed.reason());
            failed(run.run(), failed.reason());
        } else if (end instanceof End.Lost lost) {
            lost(run.run(), lost);
        }
    }

    private void reached(RunPool.Underway back) throws IOException {
        RunName run = back.run();
        Goal goal = plan.spec().goal();
        Measurement last = records.last(back.order()).orElse(Measurement.none(goal.split()));
        Optional<Double> value = goal.in(last);
        if (value.isEmpty()) {
            String missing = plan.runName(run) + " has no " + goal.title() + "; it has "
                    + last.values().keySet();
            requireOthers(missing);
            failed(run, missing);
            return;
        }
        double before = state.run(run).last().map(Event.Reached::seconds).orElse(0.0);
        add(new Event.Reached(
                RunRecords.now(),
                run,
                back.order().until(),
                last.epoch(),
                value.get(),
                before + back.seconds(),
                records.isOver(back.order(), last.epoch())));
        progress.tell(String.format(
                Locale.ROOT,
                "%s after epoch %d: %s %.6g (%.0f s)",
                plan.runName(run),
                last.epoch(),
                goal.title(),
                value.get(),
                back.seconds()));
    }

    /** What the first run has not, the others will not have either. */
    private void requireOthers(String missing) {
        if (state.runs().stream().allMatch(run -> run.last().isEmpty())) {
            throw new InvalidInput(
                    missing, SweepFolder.SWEEP, "begin a sweep in another folder that chooses by one of these");
        }
    }

    /** What is wrong with the disk is wrong with all runs: none is to be blamed for it. */
    private static void requireRoom(String reason) throws IOException {
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            throw new IOException(reason);
        }
    }

    private void lost(RunName run, End.Lost lost) throws IOException {
        add(new Event.Lost(RunRecords.now(), run, lost.how()));
        if (state.run(run).losses() < MOST_LOSSES) {
            progress.tell(plan.runName(run) + " goes on from its last checkpoint: " + lost.how());
        } else {
            failed(run, MOST_LOSSES + " of its processes died, the last one so: " + lost.how());
        }
    }

    private void failed(RunName run, String reason) throws IOException {
        add(new Event.Failed(RunRecords.now(), run, reason));
        progress.tell(plan.runName(run) + " failed: " + reason);
    }

    private void add(Event event) throws IOException {
        state.add(journal.add(event));
        journal.keep(backend);
        results.changed();
    }
}
