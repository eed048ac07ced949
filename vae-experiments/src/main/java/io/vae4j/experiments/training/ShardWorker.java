package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Shard;
import io.vae4j.experiments.training.localsgd.TrainingState;

/** Takes the steps of one worker in a round; whoever the worker is, it leaves nothing behind that a later one sees. */
final class ShardWorker {

    private final TrainingSteps steps;
    private final LocalSgd method;
    private final StopSignal stop;

    ShardWorker(TrainingSteps steps, LocalSgd method, StopSignal stop) {
        this.steps = steps;
        this.method = method;
        this.stop = stop;
    }

    /**
     * The local steps: what comes of them is a function of these arguments, of the seed and of the kind of processor
     * alone, so that a worker that was lost can be replaced by another one.
     *
     * @param worker from 0
     * @param state that it begins with
     */
    RoundPart take(Round round, int worker, TrainingState state) {
        long start = System.nanoTime();
        try (NDManager owner = steps.newManager();
                MetricAccumulator sums = steps.accumulator(owner, round.epoch(), MetricAccumulator.Kept.SUMMED)) {
            steps.state().write(state, owner);
            int taken = take(round, new Shard(worker, method.workers()), sums);
            return new RoundPart(steps.state().read(), sums.taken(), moved(taken), (System.nanoTime() - start) / 1e9);
        }
    }

    private int take(Round round, Shard shard, MetricAccumulator sums) {
        TrainingStep step = steps.step();
        TrainingSteps.OfShard mine = steps.in(round.epoch(), shard);
        int to = Math.min(round.to(), mine.count());
        for (int done = round.from(); done < to; done++) {
            stop.check();
            mine.on(done, inputs -> {
                step.on(inputs, sums);
                sums.settle(step.skipped().latest());
            });
        }
        return Math.max(0, to - round.from());
    }

    /** Steps that others skipped before this round, on the same optimizer, are not its own. */
    private int moved(int taken) {
        return (int) Math.max(0, taken - steps.step().skippedInARow());
    }
}
