package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.WeightAverage;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.report.Histogram;
import io.vae4j.experiments.report.Report;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    private final NDManager manager;
    private final Dataset data;
    private final TrainingPlan plan;
    private final TrainedModel trained;
    private final RunDevice device;
    private final TrainingLoop loop;
    private final Progress progress;
    private final StopSignal stop;
    private final Optional<EarlyStopping> stopping;
    private final DeviceExamples test;
    /** The checkpoint within an epoch that the run goes on from. */
    private Optional<Checkpoint> begun = Optional.empty();

    /** What a session is made of, besides its plan. */
    record Parts(LatentModel model, DataView view, ModelCard card, Dataset data) {}

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
            plan.randomness().seedEngine(RandomStream.INITIALIZE, 0);
            parts.model().initialize(manager, DataType.FLOAT32, parts.view().inputShapes());
            trained = new TrainedModel(manager, parts.model(), parts.view(), parts.card(), 0);
            test = new DeviceExamples(manager, data.test(), parts.view());
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
        recipe.incompatibility(data.summary()).ifPresent(reason -> {
            throw new InvalidInput("the recipe does not go with the data", data.name(), reason);
        });
        Assembly assembly = recipe.model().assemble(ModelContext.of(data));
        DataView view = new DataView(
                data.summary(),
                assembly.event(),
                recipe.data().values(),
                recipe.data().condition());
        Parts parts = new Parts(assembly.model(), view, ModelCard.of(recipe, data.summary()), data);
        return new TrainingSession(parts, TrainingPlan.of(name, recipe, randomness), device, progress, stop);
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

    /** Says in the folder that nothing is missing, when the caller has added what belongs to a run besides. */
    public void completed(RunFolder folder) throws IOException {
        folder.write(folder.manifest().completed(trained.epoch()));
    }

    /**
     * As {@link #run}, in a folder that is claimed; whoever claimed it says when it is {@link #completed} and when it
     * has {@link StopSignal#ended}.
     */
    public void start(RunFolder folder) throws IOException {
        // the recipe, by which a folder is a run, comes last
        folder.write(RunManifest.of(plan, data, trained, device));
        folder.writeRecipe(plan.text());
        continueFrom(0, folder);
    }

    /** Goes on from the latest checkpoint, on the same device exactly as if the run had never stopped. */
    public void resume(RunFolder folder) throws IOException {
        requireSameRun(folder);
        Optional<Checkpoints.Found> latest = folder.checkpoints().latest(Checkpoint.Use.RESUME);
        latest.ifPresent(found -> found.damaged().forEach(progress::passedOver));
        int done = latest.map(found -> found.checkpoint().state().epoch()).orElse(0);
        int epochs = plan.train().epochs();
        boolean whole = folder.manifest().completed().orElse(done) >= done;
        if (done >= epochs && whole) {
            throw new InvalidInput(
                    "the run has " + done + " epochs already, and " + epochs + " were asked for",
                    folder.path().toString(),
                    "give --epochs a larger number");
        }
        if (isOver(folder, done) && whole) {
            throw new InvalidInput(
                    "the run has stopped early, after epoch " + done,
                    folder.path().toString(),
                    "train into a new folder with a larger train.earlyStopping.patience");
        }
        latest.ifPresent(found -> restore(found.checkpoint()));
        begun = latest.map(Checkpoints.Found::checkpoint)
                .filter(checkpoint -> checkpoint.state().examples().isPresent());
        long step = latest.map(found -> found.checkpoint().state().step()).orElse(0L);
        List<String> changes = FolderChanges.of(folder, done, step, loop.stepsPerEpoch());
        changes.forEach(progress::changed);
        if (done >= epochs || isOver(folder, done)) {
            progress.completing(done);
        }
        folder.write(folder.manifest().with(RunManifest.resumption(device, data, changes)));
        folder.writeRecipe(plan.text());
        folder.keepMetricsUpTo(done);
        continueFrom(done, folder);
    }

    /** Before anything is written: a session of something else would spoil the run. */
    private void requireSameRun(RunFolder folder) {
        Manifest manifest = folder.manifest();
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

    private void restore(Checkpoint checkpoint) {
        checkpoint.loadModel(manager, ModelState.tensors(trained.model()));
        checkpoint.loadOptimizer(manager, step().state());
        step().average().ifPresent(average -> checkpoint.loadAveraged(manager, average.tensors()));
    }

    private void continueFrom(int done, RunFolder folder) throws IOException {
        EpochPictures figures = new EpochPictures(trained, test, folder, plan.randomness());
        figures.originals();
        trained.reached(done);
        try (TensorBoardLog log = new TensorBoardLog(folder.path(), plan, trained, test)) {
            log.begin(loop.stepsTaken(done));
            if (done > 0 && hasPictures(folder, done) && !figures.areDrawn(done)) {
                // the epoch's checkpoint was whole when the process ended, and its pictures were not
                draw(figures, done, folder.checkpoints().of(done).state().step(), log);
            }
            Duration every = Duration.ofNanos((long) (plan.train().checkpointMinutes() * 60e9));
            StepCheckpoints within =
                    new StepCheckpoints(folder, loop, plan.randomness().seed(), every, this::content);
            for (int epoch = done + 1; epoch <= plan.train().epochs() && !isOver(folder, epoch - 1); epoch++) {
                epoch(epoch, folder, log, figures, within);
            }
            log.completed();
        }
        step().average().ifPresent(WeightAverage::adopt);
        Report.write(folder.path());
    }

    private boolean hasPictures(RunFolder folder, int epoch) throws IOException {
        return epoch == plan.train().epochs() || plan.train().figureEpochs().contains(epoch) || isOver(folder, epoch);
    }

    private boolean isOver(RunFolder folder, int epoch) throws IOException {
        return stopping.isPresent() && stopping.get().isOver(folder, epoch);
    }

    /** By the weights that the run evaluates. */
    private void draw(EpochPictures figures, int epoch, long step, TensorBoardLog log) throws IOException {
        loop.<Boolean, IOException>evaluated(() -> {
            figures.draw(epoch, step, log.events());
            return true;
        });
    }

    /** The best epoch is named before older checkpoints are deleted, so that its own stays. */
    private void keep(RunFolder folder, int epoch) throws IOException {
        if (stopping.isPresent()) {
            folder.checkpoints().mark(stopping.get().best(folder, epoch).orElseThrow());
        }
        folder.checkpoints().prune(plan.train().keepCheckpoints(), epoch);
    }

    private void epoch(int epoch, RunFolder folder, TensorBoardLog log, EpochPictures figures, StepCheckpoints within)
            throws IOException {
        int epochs = plan.train().epochs();
        progress.begin(epoch, epochs, loop.stepsPerEpoch());
        EpochResult result = measured(
                epoch,
                log,
                begun.map(checkpoint -> within.of(epoch, checkpoint, manager)).orElseGet(() -> within.of(epoch)));
        begun = Optional.empty();
        folder.append(result.all());
        // the lines are kept, with nulls, and the last good checkpoint with them
        result.all().forEach(TrainingFailure::unlessFinite);
        long taken = result.test().step();
        trained.reached(epoch);
        folder.checkpoints().of(epoch).save(epoch, taken, plan.randomness().seed(), content(Optional.empty()));
        keep(folder, epoch);
        if (hasPictures(folder, epoch)) {
            draw(figures, epoch, taken, log);
        }
        Report.write(folder.path());
        progress.end(result);
        if (epoch < epochs && isOver(folder, epoch)) {
            progress.stoppedEarly(epoch, folder.checkpoints().best().orElseThrow());
        }
    }

    private Checkpoint.Content content(Optional<Checkpoint.Begun> measured) {
        return new Checkpoint.Content(
                ModelState.tensors(trained.model()),
                step().state(),
                step().average().map(WeightAverage::tensors),
                measured);
    }

    private EpochResult measured(int epoch, TensorBoardLog log, WithinEpoch within) throws IOException {
        Map<String, Optional<Histogram>> gradients = new TreeMap<>();
        // the arrays are gone with their batch
        Measurement training = loop.train(
                epoch,
                within,
                last -> last.forEach((name, gradient) -> gradients.put(name, Histogram.of(gradient.toFloatArray()))));
        EpochResult result = new EpochResult(training, loop.validation(epoch), loop.test(epoch));
        for (Measurement measurement : result.all()) {
            log.measured(measurement);
        }
        log.gradients(training.step(), gradients);
        loop.<Boolean, IOException>evaluated(() -> {
            log.codes(training.step());
            return true;
        });
        return result;
    }

    @Override
    public void close() {
        loop.close();
        trained.close();
    }
}
