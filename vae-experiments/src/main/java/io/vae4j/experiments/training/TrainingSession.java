package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run: trains a model on a data set into a run folder, with metrics, checkpoints, TensorBoard files and a report,
 * from its first or its next epoch to the last. It is made from a recipe, or from parts in Java:
 *
 * <pre>{@code
 * try (TrainingSession session = TrainingSession.of(model, data)
 *         .objective(new Elbo()).learningRate(1e-3).epochs(10).build()) {
 *     session.run(Path.of("runs/mine"));
 * }
 * }</pre>
 */
public final class TrainingSession implements AutoCloseable {

    private static final String EAGER = "eager";

    private final NDManager manager;
    private final Dataset data;
    private final TrainingPlan plan;
    private final TrainedModel trained;
    private final RunDevice device;
    private final TrainingLoop loop;
    private final Progress progress;
    private final StopSignal stop;
    private final Optional<EarlyStopping> stopping;
    private OptionalInt pause = OptionalInt.empty();

    /** What a session is made of, besides its plan. */
    record Parts(LatentModel model, DataView view, ModelCard card, Dataset data) {

        /** As a recipe says. */
        static Parts of(Recipe recipe, Dataset data) {
            Assembly assembly = recipe.model().assemble(ModelContext.of(data));
            DataView view = new DataView(
                    data.summary(),
                    assembly.event(),
                    recipe.data().values(),
                    recipe.data().condition());
            return new Parts(assembly.model(), view, ModelCard.of(recipe, data.summary()), data);
        }

        /** The model as it is before the first step; the manager owns its parameters. */
        TrainedModel initialized(NDManager manager, Randomness randomness) {
            randomness.seedEngine(RandomStream.INITIALIZE, 0);
            ParameterRoom.on(manager.getDevice(), ParameterRoom.TRAINED)
                    .initialize(model, manager, DataType.FLOAT32, view.inputShapes());
            return new TrainedModel(manager, model, view, card, 0);
        }
    }

    TrainingSession(Parts parts, TrainingPlan plan, RunDevice device, Progress progress, StopSignal stop) {
        this.plan = plan;
        this.device = device;
        this.progress = progress;
        this.stop = stop;
        data = parts.data();
        Dataset.requireConsistent(data);
        stopping = EarlyStopping.of(plan, data);
        manager = NDManager.newBaseManager(device.device(), "PyTorch");
        try {
            trained = parts.initialized(manager, plan.randomness());
            DeviceExamples test = new DeviceExamples(manager, data.test(), parts.view());
            Optional<DeviceExamples> validation =
                    data.validation().map(held -> new DeviceExamples(manager, held, parts.view()));
            DeviceExamples train = new DeviceExamples(manager, data.train(), parts.view());
            TrainingLoop.Splits splits = new TrainingLoop.Splits(train, validation, test);
            loop = new TrainingLoop(trained, plan, splits, progress, stop);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Takes the first two steps as programs, for people who want to see what runs; the session trains no more after it.
     *
     * @return TorchScript with the shapes of all values
     * @throws InvalidInput if a step cannot be a program
     */
    public String explained() {
        List<String> programs = loop.programs();
        if (programs.isEmpty()) {
            String reason = loop.step().refused().orElse("nothing was taken down");
            throw new InvalidInput(
                    "a step is no program: " + reason,
                    "train.step",
                    "set train.accumulate=1, or let the part that is named compute with arrays");
        }
        return programs.get(0);
    }

    /** A session that trains a model made in Java. */
    public static SessionBuilder of(LatentModel model, Dataset data) {
        return new SessionBuilder(model, data);
    }

    /** A session that trains as a recipe says, in silence. */
    public static TrainingSession of(Recipe recipe, Dataset data, long seed, Device device) {
        return of(
                "recipe",
                recipe,
                data,
                Randomness.of(seed),
                RunDevice.chosen(device),
                Progress.silent(),
                new StopSignal());
    }

    /**
     * A session that trains as a recipe says.
     *
     * @param name of the recipe, for people
     * @param randomness of the run, which may have begun under another scheme
     * @throws InvalidInput if the recipe and the data do not go together
     */
    public static TrainingSession of(
            String name,
            Recipe recipe,
            Dataset data,
            Randomness randomness,
            RunDevice device,
            Progress progress,
            StopSignal stop) {
        return of(name, recipe, data, randomness, device, progress, stop, Workers.none());
    }

    /** As the other one, with workers that take the steps. */
    public static TrainingSession of(
            String name,
            Recipe recipe,
            Dataset data,
            Randomness randomness,
            RunDevice device,
            Progress progress,
            StopSignal stop,
            Workers workers) {
        recipe.incompatibility(data.summary()).ifPresent(reason -> {
            throw new InvalidInput("the recipe does not go with the data", data.name(), reason);
        });
        Parts parts = Parts.of(recipe, data);
        return new TrainingSession(parts, TrainingPlan.of(name, recipe, randomness, workers), device, progress, stop);
    }

    /** The model as it stands; it belongs to the session. */
    public TrainedModel model() {
        return trained;
    }

    /** The data. */
    public Dataset data() {
        return data;
    }

    /** The first training examples, binarized by the run's seed where they are; owned by {@code batch}. */
    public Minibatch firstExamples(NDManager batch, int examples) {
        DeviceExamples train = loop.splits().train();
        return train.range(
                batch, 0, Math.min(examples, train.count()), plan.randomness().noise(RandomStream.FIGURES, 1));
    }

    /** The step, whose state a checkpoint holds. */
    TrainingStep step() {
        return loop.step();
    }

    /** The loop, for whoever trains without a folder. */
    TrainingLoop loop() {
        return loop;
    }

    /** What is trained, as the first line of a run says it. */
    public String title() {
        return trained.card().title() + ", seed " + plan.randomness().seed() + ", on " + device.name() + " ("
                + device.reason() + ")";
    }

    /** Begins a run in a new or empty folder, and ends it. */
    public void run(Path folder) throws IOException {
        try (RunFolder run = RunFolder.create(folder)) {
            start(run);
            completed(run);
        } finally {
            stop.ended();
        }
    }

    /** Goes on with the run in a folder. */
    public void resume(Path folder) throws IOException {
        try (RunFolder run = RunFolder.open(folder)) {
            resume(run);
            completed(run);
        } finally {
            stop.ended();
        }
    }

    /**
     * Pauses after an epoch that is not the run's last, to be gone on with by {@link #resume}: schedules and all else
     * go by the epochs of the plan, so that the run ends as if it had never paused.
     */
    public TrainingSession pausingAfter(int epoch) {
        pause = OptionalInt.of(epoch);
        return this;
    }

    /** Whether the run has paused, and is not over. */
    public boolean isPaused(RunFolder folder) throws IOException {
        int done = trained.epoch();
        return pause.isPresent()
                && done >= pause.getAsInt()
                && done < plan.train().epochs()
                && !in(folder).isOver(done);
    }

    /**
     * Says in the folder that nothing is missing, when the caller has added what belongs to a run besides; of a paused
     * run there is nothing to say.
     */
    public void completed(RunFolder folder) throws IOException {
        if (isPaused(folder)) {
            progress.paused(trained.epoch(), plan.train().epochs());
            return;
        }
        folder.write(folder.manifest().completed(trained.epoch()));
    }

    /**
     * As {@link #run}, in a folder that is claimed; whoever claimed it says when it is {@link #completed} and when it
     * has {@link StopSignal#ended}.
     */
    public void start(RunFolder folder) throws IOException {
        // the recipe, by which a folder is a run, comes last
        folder.write(RunManifest.of(plan, data, trained, device), plan.text());
        in(folder).continueFrom(0, Optional.empty());
    }

    private RunInFolder in(RunFolder folder) {
        return new RunInFolder(folder, plan, pause.orElse(plan.train().epochs()), trained, loop, stopping, progress);
    }

    /** Goes on from the latest checkpoint, on the same device exactly as if the run had never stopped. */
    public void resume(RunFolder folder) throws IOException {
        requireSameRun(folder);
        RunInFolder run = in(folder);
        Optional<Checkpoints.Found> latest = folder.checkpoints().latest(Checkpoint.Use.RESUME, this::misfit);
        if (latest.isEmpty()) {
            requireNoneWasKept(folder);
        }
        latest.ifPresent(found -> found.damaged().forEach(progress::passedOver));
        int done = latest.map(found -> found.checkpoint().state().epoch()).orElse(0);
        int epochs = plan.train().epochs();
        boolean whole = folder.manifest().completed().orElse(done) >= done;
        if (done >= epochs && whole) {
            throw new InvalidInput(
                    "the run is trained up to epoch " + done + " already",
                    folder.path().toString(),
                    "to train on, give --epochs a larger number");
        }
        if (run.isOver(done) && whole) {
            throw new InvalidInput(
                    "the run has stopped early, after epoch " + done,
                    folder.path().toString(),
                    "train into a new folder with a larger train.earlyStopping.patience");
        }
        if (pause.isPresent() && done >= pause.getAsInt() && done < epochs && !run.isOver(done)) {
            trained.reached(done);
            return;
        }
        if (plan.origin() == Manifest.Origin.JAVA) {
            // a recipe says it itself
            loop.steps(folder.manifest().step().orElse(EAGER).equals(EAGER) ? StepKind.EAGER : StepKind.COMPILED);
        }
        if (latest.isPresent()) {
            run.restore(latest.get().checkpoint());
        }
        long step = latest.map(found -> found.checkpoint().state().step()).orElse(0L);
        boolean sameWorkers = folder.manifest()
                .latestLocalSgd()
                .equals(plan.workers().localSgd().map(LocalSgd::recorded));
        List<String> changes = FolderChanges.of(
                folder,
                done,
                sameWorkers ? Optional.of(new FolderChanges.Position(step, loop.stepsPerEpoch())) : Optional.empty(),
                loop.measured(),
                data.provenance());
        changes.forEach(progress::changed);
        if (step > 0) {
            progress.goingOn(done, step);
        }
        if (done >= epochs || run.isOver(done)) {
            progress.completing(done);
        }
        folder.write(folder.manifest().with(RunManifest.resumption(plan, device, data, changes)), plan.text());
        folder.keepMetricsUpTo(done);
        run.continueFrom(
                done,
                latest.map(Checkpoints.Found::checkpoint)
                        .filter(checkpoint -> checkpoint.state().examples().isPresent()));
    }

    private Optional<String> misfit(Checkpoint.State state) {
        return state.counts()
                .filter(counts -> !loop.fits(state, counts))
                .map(counts -> "it stands within an epoch of other batches, data or metrics");
    }

    /**
     * A run without checkpoints begins anew, which must not cost the figures of epochs whose checkpoints are gone. The
     * first epoch's are there before its checkpoint is.
     */
    private static void requireNoneWasKept(RunFolder folder) throws IOException {
        int epochs = MetricsFile.read(new RunFiles(folder.path())).history().epochs();
        if (epochs > 1 || folder.manifest().completed().orElse(0) > 0) {
            throw new InvalidInput(
                    "the run has figures of " + epochs + " epochs and no checkpoint",
                    folder.path().resolve("checkpoints").toString(),
                    "restore one from a copy, or train into a new folder");
        }
    }

    /** Before anything is written: a session of something else would spoil the run. */
    private void requireSameRun(RunFolder folder) {
        Manifest manifest = folder.manifest();
        if (manifest.vae4j().isEmpty()) {
            // every version wrote its own down; without a manifest the noise that the run began with is not known
            throw new InvalidInput(
                    "manifest.json is not that of a run",
                    folder.path().toString(),
                    "restore the file, or train into a new folder");
        }
        Manifest.Origin origin = manifest.origin().orElse(Manifest.Origin.RECIPE);
        if (origin != plan.origin()) {
            throw new InvalidInput(
                    "the run's model was made from " + origin + " and the session's from " + plan.origin(),
                    folder.path().toString(),
                    "resume it by a session of the same kind");
        }
        Randomness begun = Randomness.of(manifest);
        if (!begun.equals(plan.randomness())) {
            throw new InvalidInput(
                    "the run has " + begun + ", not " + plan.randomness(),
                    folder.path().toString(),
                    "resume it by a session of Randomness.of(manifest)");
        }
    }

    @Override
    public void close() {
        loop.close();
        trained.close();
    }
}
