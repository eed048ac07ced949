package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.TrainingState;
import io.vae4j.experiments.training.localsgd.Workers;
import java.util.function.Consumer;

/**
 * Takes the rounds of any worker of a run in a process of its own. It keeps nothing from one round to the next but the
 * data and the memory of the model: a worker that is lost is replaced by any other one, which comes to the same bits on
 * the same kind of processor with as many threads.
 *
 * <pre>{@code
 * try (RemoteWorker worker = RemoteWorker.of(assignment, device, line -> {})) {
 *     RoundPart part = worker.take(round, 3, state);
 * }
 * }</pre>
 *
 * <p>It may be called from any thread, from one at a time.
 */
public final class RemoteWorker implements AutoCloseable {

    private final NDManager manager;
    private final TrainedModel trained;
    private final TrainingSteps steps;
    private final ShardWorker worker;

    private RemoteWorker(WorkerAssignment assignment, Dataset data, RunDevice device) {
        Recipe recipe = assignment.parsedRecipe();
        TrainingSession.Parts parts = TrainingSession.Parts.of(recipe, data);
        TrainingPlan plan =
                TrainingPlan.of("recipe", recipe, assignment.randomness(), new Workers.InTurn(assignment.method()));
        manager = NDManager.newBaseManager(device.device(), "PyTorch");
        try {
            trained = parts.initialized(manager, plan.randomness());
            steps = new TrainingSteps(trained, plan, new DeviceExamples(manager, data.train(), parts.view()));
            worker = new ShardWorker(steps, assignment.method(), new StopSignal());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Reads the data and makes the model.
     *
     * @param progress is told what happens, a line at a time
     * @throws io.vae4j.experiments.InvalidInput if the data cannot be had here, or are others than the run's
     */
    public static RemoteWorker of(WorkerAssignment assignment, RunDevice device, Consumer<String> progress) {
        Dataset data = assignment.load(CacheFolder.ofProcess().path(), progress);
        return WithoutGradient.compute(() -> new RemoteWorker(assignment, data, device));
    }

    /**
     * The steps of a worker in a round.
     *
     * @param number of the worker, from 0
     * @param state that the round begins with
     */
    public RoundPart take(Round round, int number, TrainingState state) {
        return WithoutGradient.compute(() -> worker.take(round, number, state));
    }

    @Override
    public void close() {
        steps.close();
        trained.close();
    }
}
