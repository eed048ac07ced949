package io.vae4j.spark.training;

import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.training.RemoteWorker;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.TrainingState;
import io.vae4j.spark.ExecutorEngine;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one worker of an executor process, which keeps its data and its model from one round to the next. */
final class ExecutorWorker {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorWorker.class);

    /** Guarded by the engine's lock. */
    private static Optional<Engaged> engaged = Optional.empty();

    private ExecutorWorker() {}

    /** For one training. */
    private record Engaged(String training, RemoteWorker worker) {}

    /** The steps of a worker in a round; to be called by a task. */
    static RoundPart take(SentAssignment sent, Round round, int number, TrainingState state) {
        ExecutorEngine.requireVersion(sent.version());
        return ExecutorEngine.alone(() -> worker(sent).take(round, number, state));
    }

    private static RemoteWorker worker(SentAssignment sent) {
        if (engaged.filter(known -> known.training().equals(sent.training())).isEmpty()) {
            engaged.ifPresent(former -> former.worker().close());
            engaged = Optional.empty();
            WorkerAssignment assignment = WorkerAssignment.of(sent.json());
            RunDevice device = ExecutorEngine.start(assignment.device());
            engaged = Optional.of(new Engaged(sent.training(), RemoteWorker.of(assignment, device, LOG::info)));
        }
        return engaged.orElseThrow().worker();
    }
}
