package io.vae4j.experiments.training;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.EarlyStoppingSpec;
import io.vae4j.experiments.recipe.GuardSpec;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.recipe.TrainSpec;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.Manifest.Origin;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.training.localsgd.Workers;
import java.util.List;

/**
 * Says how a model that was made in Java is trained. What is not said is as in most recipes: minus the ELBO, the
 * pathwise gradient, Adam with a rate of 1e-3, batches of 128, 10 epochs, seed 0, on the CPU.
 */
public final class SessionBuilder {

    private final LatentModel model;
    private final Dataset data;
    private DataView view;
    private ModelCard card;
    private Schedule<Objective> objective = Schedule.constant(new Elbo());
    private GradientEstimator estimator = new PathwiseGradient();
    private FusedAdam.Settings optimizer = new FusedAdam.Settings();
    private Schedule<Double> learningRate = Schedule.constant(1e-3);
    private TrainSpec train = new TrainSpec(10, 128, List.of(1, 5, 10), 2);
    private List<Metric> metrics = List.of();
    private long seed;
    private RunDevice device = RunDevice.cpu();
    private Progress progress = Progress.silent();
    private StopSignal stop = new StopSignal();
    private Workers workers = Workers.none();

    SessionBuilder(LatentModel model, Dataset data) {
        this.model = model;
        this.data = data;
        view = DataView.plain(data.summary());
        card = ModelCard.of(model);
    }

    /** What is minimized. */
    public SessionBuilder objective(Objective chosen) {
        return objective(Schedule.constant(chosen));
    }

    /** What is minimized, as a function of the steps already taken. */
    public SessionBuilder objective(Schedule<Objective> chosen) {
        objective = chosen;
        return this;
    }

    /** How the gradient is taken. */
    public SessionBuilder estimator(GradientEstimator chosen) {
        estimator = chosen;
        return this;
    }

    /** The constants of Adam, with decay and clipping if they are wanted. */
    public SessionBuilder optimizer(FusedAdam.Settings chosen) {
        optimizer = chosen;
        return this;
    }

    /** The learning rate. */
    public SessionBuilder learningRate(double rate) {
        return learningRate(Schedule.constant(rate));
    }

    /** The learning rate, as a function of the steps already taken. */
    public SessionBuilder learningRate(Schedule<Double> rate) {
        learningRate = rate;
        return this;
    }

    /** How many passes over the training data. */
    public SessionBuilder epochs(int epochs) {
        train = train.withEpochs(epochs);
        return this;
    }

    /** How many examples a step sees. */
    public SessionBuilder batch(int size) {
        train = train.withBatch(size);
        return this;
    }

    /** After which epochs pictures are drawn; the last one always is. */
    public SessionBuilder figureEpochs(Integer... epochs) {
        train = train.withFigureEpochs(List.of(epochs));
        return this;
    }

    /** How many of the latest checkpoints are kept. */
    public SessionBuilder keepCheckpoints(int latest) {
        train = train.withKeepCheckpoints(latest);
        return this;
    }

    /** After how many minutes the run is kept within an epoch, and again. */
    public SessionBuilder checkpointMinutes(double minutes) {
        train = train.withCheckpointMinutes(minutes);
        return this;
    }

    /** When a training that has gone wrong ends. */
    public SessionBuilder guard(GuardSpec signs) {
        train = train.withGuard(signs);
        return this;
    }

    /** In how many parts the batch of a step passes: the same step up to rounding, in less memory. */
    public SessionBuilder accumulate(int parts) {
        train = train.withAccumulate(parts);
        return this;
    }

    /** Whether a step runs operation by operation, or as one program. */
    public SessionBuilder step(StepKind kind) {
        train = train.withStep(kind);
        return this;
    }

    /** Evaluates a moving average of the weights, of which so much remains after a step. */
    public SessionBuilder averageWeights(double decay) {
        train = train.withAverageWeights(decay);
        return this;
    }

    /** Stops when the validation split says so, and keeps the checkpoint of the best epoch. */
    public SessionBuilder earlyStopping(EarlyStoppingSpec rule) {
        train = train.withEarlyStopping(rule);
        return this;
    }

    /** What is measured over each split after each epoch besides the metrics that are registered. */
    public SessionBuilder metrics(Metric... more) {
        metrics = List.of(more);
        return this;
    }

    /** The seed of all randomness. */
    public SessionBuilder seed(long chosen) {
        seed = chosen;
        return this;
    }

    /** The shape in which the model takes an example, with as many elements as the data's: [D] for dense layers. */
    public SessionBuilder event(Shape event) {
        view = new DataView(view.summary(), event, view.values(), view.condition());
        return this;
    }

    /** What becomes of stored values on their way to the model. */
    public SessionBuilder values(ValueTransform transform) {
        view = new DataView(view.summary(), view.event(), transform, view.condition());
        return this;
    }

    /** What is given to the model beside an example. */
    public SessionBuilder condition(ConditionName condition) {
        view = new DataView(view.summary(), view.event(), view.values(), condition);
        return this;
    }

    /** What reports say of the model, since its blocks do not tell. */
    public SessionBuilder describedBy(ModelCard description) {
        card = description;
        return this;
    }

    /** Where it runs. */
    public SessionBuilder device(RunDevice chosen) {
        device = chosen;
        return this;
    }

    /** Who is told how it goes. */
    public SessionBuilder progress(Progress told) {
        progress = told;
        return this;
    }

    /** Who may ask it to stop between two steps. */
    public SessionBuilder stop(StopSignal signal) {
        stop = signal;
        return this;
    }

    /** Who takes the steps. */
    public SessionBuilder workers(Workers chosen) {
        workers = chosen;
        return this;
    }

    /** The session; the model is initialized now. */
    public TrainingSession build() {
        requireFit();
        TrainingPlan plan = new TrainingPlan(
                card.title(),
                new ProgramText(card.title()).trainedBy(objective.at(0), estimator, learningRate.at(0), train),
                Origin.JAVA,
                train,
                extent -> objective,
                estimator,
                optimizer,
                stepsPerEpoch -> learningRate,
                Randomness.of(seed),
                Metrics.with(metrics),
                workers);
        return new TrainingSession(new TrainingSession.Parts(model, view, card, data), plan, device, progress, stop);
    }

    private void requireFit() {
        DataSummary summary = view.summary();
        view.values().incompatibility(summary.support()).ifPresent(reason -> {
            throw new InvalidInput("the data cannot be used so", data.name(), reason);
        });
        Support seen = view.values().support(summary.support());
        model.likelihood()
                .map(Family::support)
                .filter(defined -> !defined.covers(seen))
                .ifPresent(defined -> {
                    throw new InvalidInput(
                            "the likelihood is defined for values in " + defined + " and the data are " + seen,
                            data.name(),
                            FittingLikelihoods.remedy(summary.support(), defined));
                });
        if (view.condition() == ConditionName.LABEL && summary.classes().isEmpty()) {
            throw new InvalidInput(
                    "the model is conditioned on labels and the data have none",
                    data.name(),
                    "leave condition(...) away, or label the data");
        }
    }
}
