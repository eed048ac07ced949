package io.vae4j.experiments.training;

import io.vae4j.experiments.training.localsgd.AveragingTree;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.experiments.training.localsgd.TrainingState;

/** All workers of a round in this process, one after another: what others compute elsewhere is compared with this. */
final class WorkersInTurn implements Rounds {

    private final ShardWorker worker;
    private final int workers;

    WorkersInTurn(TrainingSteps steps, LocalSgd method, StopSignal stop) {
        worker = new ShardWorker(steps, method, stop);
        workers = method.workers();
    }

    @Override
    public RoundPart run(Round round, TrainingState state) {
        AveragingTree tree = new AveragingTree();
        for (int each = 0; each < workers; each++) {
            tree.add(worker.take(round, each, state));
        }
        return tree.mean();
    }
}
