package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.compiled.CompiledEvaluation;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.inference.BoundEstimate;
import io.vae4j.experiments.inference.Imputation;
import io.vae4j.experiments.inference.ImputationSettings;
import io.vae4j.experiments.inference.Imputer;
import io.vae4j.experiments.inference.LatentLine;
import io.vae4j.experiments.inference.LayerCode;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.inference.PosteriorCodes;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.plugin.Plugins;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * A model with weights, as a run folder gives it back: it needs no data set and no optimizer. It encodes, reconstructs,
 * samples and scores; what it returns belongs to the manager of what it is given, and what it makes on the way is
 * freed.
 *
 * <pre>{@code
 * try (TrainedModel model = TrainedModel.load(Path.of("runs/mine")); NDManager manager = model.newManager()) {
 *     NDArray images = model.sample(manager, 16, Condition.none(), 0);
 * }
 * }</pre>
 */
public final class TrainedModel implements AutoCloseable {

    private final NDManager manager;
    private final LatentModel model;
    private final ParameterStore store;
    private final DataView view;
    private final ModelCard card;
    private List<String> passedOver = List.of();
    private CheckpointChoice weights = CheckpointChoice.LAST;
    private int epoch;
    private final Model asking;
    private final CompiledEvaluation programs;

    TrainedModel(NDManager manager, LatentModel model, DataView view, ModelCard card, int epoch) {
        this.manager = manager;
        this.model = model;
        this.view = view;
        this.card = card;
        this.epoch = epoch;
        store = new ParameterStore(manager, false);
        programs = new CompiledEvaluation(
                manager,
                ModelState.of(model).stream().map(ModelState.Named::array).toList());
        asking = Model.newInstance(card.title(), manager.getDevice(), "PyTorch");
        // the questions are put by the translators; DJL wants a block all the same
        asking.setBlock(new LambdaBlock(Function.identity()));
    }

    /**
     * The model of a run with its latest weights, on the best device of this machine.
     *
     * @throws InvalidInput if there is no such run, if it has no checkpoint, or if its model was made in Java
     */
    public static TrainedModel load(Path run) throws IOException, InterruptedException {
        return load(
                RunFolder.reading(run),
                NativeLibraries.prepareFor(DeviceRequest.parse("auto")).device());
    }

    /** As {@link #load(Path)}, on a device that is ready. */
    public static TrainedModel load(RunFolder run, Device device) throws IOException {
        return load(run, CheckpointChoice.LAST, device);
    }

    /**
     * The model of a run with the weights that are asked for.
     *
     * @throws InvalidInput as {@link #load(Path)}; or if the run has not kept these weights
     */
    public static TrainedModel load(RunFolder run, CheckpointChoice weights, Device device) throws IOException {
        Recipe recipe = recipe(run);
        DataSummary data = summary(run);
        Assembly assembly = recipe.model().assemble(ModelContext.withoutData(data));
        DataView view = new DataView(
                data, assembly.event(), recipe.data().values(), recipe.data().condition());
        return restored(run, weights, new Unloaded(assembly.model(), view, ModelCard.of(recipe, data)), device);
    }

    /**
     * The model of a run that was made in Java, given a new one from the same code.
     *
     * @param model not initialized
     * @param view how data reached it
     */
    public static TrainedModel load(RunFolder run, LatentModel model, DataView view, Device device) throws IOException {
        return load(run, CheckpointChoice.LAST, model, view, device);
    }

    /** As {@link #load(RunFolder, LatentModel, DataView, Device)}, with the weights that are asked for. */
    public static TrainedModel load(
            RunFolder run, CheckpointChoice weights, LatentModel model, DataView view, Device device)
            throws IOException {
        return restored(run, weights, new Unloaded(model, view, ModelCard.of(run.manifest())), device);
    }

    /** The recipe of a run, if its model came from one and what it needs is loaded. */
    public static Recipe recipe(RunFolder run) {
        Manifest manifest = run.manifest();
        Plugins.require(manifest.plugins(), run.path());
        if (manifest.origin().orElse(Manifest.Origin.RECIPE) == Manifest.Origin.JAVA) {
            throw new InvalidInput(
                    "the run's model was made in Java, and only that code can make it again",
                    run.path().toString(),
                    "load it with TrainedModel.load(run, model, view, device)");
        }
        return Recipes.ofRun(run.recipe());
    }

    /** What is known of the data that a run was trained on. */
    public static DataSummary summary(RunFolder run) {
        return run.manifest()
                .data()
                .flatMap(data -> data.summary())
                .orElseThrow(() -> new InvalidInput(
                        "the run is half written: manifest.json does not say what the data were",
                        run.path().toString(),
                        "restore the file, or train into a new folder"));
    }

    /** What a trained model is made of, before it has weights. */
    private record Unloaded(LatentModel model, DataView view, ModelCard card) {}

    private static TrainedModel restored(RunFolder run, CheckpointChoice weights, Unloaded parts, Device device)
            throws IOException {
        Checkpoints.Found found = run.checkpoints().of(weights);
        Checkpoint chosen = found.checkpoint();
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try {
            ParameterRoom.on(device, ParameterRoom.WEIGHTS)
                    .initialize(
                            parts.model(),
                            manager,
                            DataType.FLOAT32,
                            parts.view().inputShapes());
            chosen.loadEvaluated(manager, ModelState.tensors(parts.model()));
            int epoch = chosen.state().epoch();
            TrainedModel trained = new TrainedModel(manager, parts.model(), parts.view(), parts.card(), epoch);
            trained.weights = weights;
            trained.passedOver = found.damaged();
            return trained;
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** The model itself; it belongs to this object. */
    public LatentModel model() {
        return model;
    }

    /** How data reach it. */
    public DataView view() {
        return view;
    }

    /** What reports say of it. */
    public ModelCard card() {
        return card;
    }

    /** As a session trains it further. */
    void reached(int trained) {
        epoch = trained;
    }

    /** After how many epochs the weights are. */
    public int epoch() {
        return epoch;
    }

    /** What is wrong with later checkpoints, which are passed over for this one. */
    public List<String> passedOver() {
        return passedOver;
    }

    /** Which of the run's weights they are. */
    public CheckpointChoice weights() {
        return weights;
    }

    /** A manager on the model's device, which the caller closes. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    /** The device of the model. */
    public Device device() {
        return manager.getDevice();
    }

    /** Hands out the parameters, for passes of one's own. */
    public ParameterStore store() {
        return store;
    }

    /**
     * A representative latent for each example: the mean of a Gaussian posterior, given those of the layers above where
     * it is inferred from them.
     *
     * @param x [B, ...X], as the model sees it
     * @return of the layer next to the data, [B, ...Z]
     */
    public NDArray encode(NDArray x, Condition condition) {
        return asked(
                x,
                condition,
                scratch -> programs.compute(
                        evaluation(scratch, 0, 0).with(Noise.zero()), "encode", x, condition, this::encoded));
    }

    private NDArray encoded(Pass pass, NDArray x, Condition condition) {
        return model.boundTerms(pass, x, condition, 1)
                .layers()
                .get(0)
                .inference()
                .posterior()
                .pointEstimate()
                .get(0);
    }

    /**
     * What each layer's posterior says: mean, scale where it has one, discrete codes where there are any; of a deep
     * model, given the centers of the layers that a layer is inferred from.
     *
     * @param x [B, ...X], as the model sees it
     * @return from the data upwards
     */
    public List<LayerCode> codes(NDArray x, Condition condition) {
        return InferenceScope.ask(
                x.getManager(),
                InferenceScope.given(x, condition),
                scratch -> PosteriorCodes.of(model, evaluation(scratch, 0, 0), x, condition),
                (layers, owner) -> layers.forEach(layer -> layer.attach(owner)));
    }

    /** The mean of p(x|z) at the representative latent of each example, [B, ...X]. */
    public NDArray reconstruct(NDArray x, Condition condition) {
        return asked(
                x,
                condition,
                scratch -> programs.compute(
                        evaluation(scratch, 0, 0),
                        "reconstruct",
                        x,
                        condition,
                        (pass, data, given) ->
                                model.reconstruct(pass, data, given).mean().get(0)));
    }

    /**
     * The means of p(x|z) for latents drawn from the prior.
     *
     * @param owner of what is returned
     * @param count how many for each condition, or altogether where there is none
     * @return [count, B, ...X]; B is 1 where there is no condition
     */
    public NDArray sample(NDManager owner, long count, Condition condition, long seed) {
        return InferenceScope.ask(
                owner,
                InferenceScope.given(condition),
                scratch -> distribution(scratch, count, condition, seed).mean());
    }

    /** p(x|z) for latents drawn from the prior, count for each condition. */
    Distribution distribution(NDManager owner, long count, Condition condition, long seed) {
        return model.generate(sampling(owner, seed, 0), List.of(), count, condition);
    }

    /**
     * The importance-weighted bound of log p(x|c) by K samples, nats; Burda et al. 2016, eq. 8.
     *
     * @param x [B, ...X], as the model sees it
     * @return [B]
     */
    public NDArray score(NDArray x, Condition condition, long samples, long seed) {
        return asked(x, condition, scratch -> {
            NDList portions = new NDList();
            long size = SamplePortion.of(model, x.getShape(), device());
            for (long done = 0; done < samples; done += size) {
                portions.add(portion(scratch, x, condition, Math.min(size, samples - done), seed, done / size));
            }
            return Ops.shift(Ops.logSumExp(NDArrays.stack(portions), 0), -Math.log((double) samples));
        });
    }

    /** log of the sum of the weights of some samples, [B]; what they take is freed before others are drawn. */
    private NDArray portion(NDManager owner, NDArray x, Condition condition, long samples, long seed, long number) {
        return InferenceScope.ask(
                owner,
                InferenceScope.given(x, condition),
                scratch -> Ops.logSumExp(logWeight(evaluation(scratch, seed, number), x, condition, samples), 0));
    }

    /**
     * The importance weights of samples: what is computed for data of one shape runs as one program.
     *
     * @param pass in evaluation, by {@link #evaluation}; its batch owns the result
     * @param x [B, ...X], as the model sees it
     * @return log w, [K, B], nats
     */
    public NDArray logWeight(Pass pass, NDArray x, Condition condition, long samples) {
        return programs.compute(
                pass,
                List.of("weigh", samples),
                x,
                condition,
                (symbolic, data, given) ->
                        model.boundTerms(symbolic, data, given, samples).logWeight());
    }

    /**
     * A bound of log p(x|c) of each example by K samples, with its standard error.
     *
     * @param x [B, ...X], as the model sees it
     */
    public BoundEstimate bound(NDArray x, Condition condition, LikelihoodBound bound, long samples, long seed) {
        return bound(x, condition, bound, samples, seed, share -> {});
    }

    /** The same, with progress told by the share of the samples that are drawn. */
    public BoundEstimate bound(
            NDArray x, Condition condition, LikelihoodBound bound, long samples, long seed, DoubleConsumer progress) {
        long size = SamplePortion.of(model, x.getShape(), device());
        return BoundEstimate.of(bound, Math.toIntExact(x.getShape().get(0)), samples, size, (count, number) -> {
            NDArray weights =
                    asked(x, condition, scratch -> logWeight(evaluation(scratch, seed, number), x, condition, count));
            progress.accept((double) (number * size + count) / (double) samples);
            return weights;
        });
    }

    /**
     * The means of p(x|z) on the straight line between the codes of two examples, in every layer.
     *
     * @param from [B, ...X], as the model sees it
     * @param to [B, ...X]
     * @param steps how many points, the ends among them, at least 2
     * @return [steps, B, ...X], owned by the manager of {@code from}
     */
    public NDArray interpolate(NDArray from, NDArray to, Condition condition, int steps) {
        return interpolate(from, to, condition, LatentLine.points(steps, 0, steps));
    }

    /**
     * The same at certain points of the line.
     *
     * @param points from 0 to 1
     * @return [points, B, ...X]
     */
    public NDArray interpolate(NDArray from, NDArray to, Condition condition, float... points) {
        NDList given = InferenceScope.given(from, condition);
        given.add(to);
        return InferenceScope.ask(
                from.getManager(),
                given,
                scratch -> LatentLine.means(model, evaluation(scratch, 0, 0), from, to, condition, points));
    }

    /**
     * What may stand where values are missing, given those that are not.
     *
     * @param x [B, ...X], as the model sees it; where it is missing, its value is no matter
     * @param observed 1 where x is known and 0 where it is missing, [B, ...X]
     */
    public Imputation impute(NDArray x, NDArray observed, Condition condition, ImputationSettings settings, long seed) {
        return impute(x, observed, condition, settings, seed, share -> {});
    }

    /** The same, with progress told by the share of the steps that are done. */
    public Imputation impute(
            NDArray x,
            NDArray observed,
            Condition condition,
            ImputationSettings settings,
            long seed,
            DoubleConsumer progress) {
        NDList given = InferenceScope.given(x, condition);
        given.add(observed);
        Imputer imputer = new Imputer(model, settings, (owner, step) -> evaluation(owner, seed, step), progress);
        return InferenceScope.ask(
                x.getManager(), given, scratch -> imputer.impute(scratch, x, observed, condition), Imputation::attach);
    }

    private static NDArray asked(NDArray x, Condition condition, Function<NDManager, NDArray> question) {
        return InferenceScope.ask(x.getManager(), InferenceScope.given(x, condition), question);
    }

    /** {@link #encode} as DJL's users know it: NDList in, (x) or (x, c), and NDList out. */
    public Predictor<NDList, NDList> encoder() {
        return predictor(ModelPredictor.of(this::encode));
    }

    /** {@link #reconstruct} as DJL's users know it: NDList in, (x) or (x, c), and NDList out. */
    public Predictor<NDList, NDList> reconstructor() {
        return predictor(ModelPredictor.of(this::reconstruct));
    }

    /** {@link #score} as DJL's users know it: NDList in, (x) or (x, c), and NDList out. */
    public Predictor<NDList, NDList> scorer(long samples, long seed) {
        return predictor(ModelPredictor.of((x, condition) -> score(x, condition, samples, seed)));
    }

    /**
     * {@link #sample} as DJL's users know it: NDList in, (c) or empty, and NDList out. What is drawn without a
     * condition belongs to the predictor; each call gives the same.
     */
    public Predictor<NDList, NDList> sampler(long count, long seed) {
        return predictor(ModelPredictor.drawing((owner, condition) -> sample(owner, count, condition, seed)));
    }

    private Predictor<NDList, NDList> predictor(ModelPredictor translator) {
        return asking.newPredictor(translator);
    }

    /** A pass that only looks, with noise that depends on the seed and the portion alone. */
    public Pass evaluation(NDManager batch, long seed, long portion) {
        return Pass.evaluation(store, batch, Randomness.of(seed).noise(RandomStream.EVALUATION_NOISE, portion));
    }

    /** A pass that draws from the model, with noise that depends on the seed and the portion alone. */
    public Pass sampling(NDManager batch, long seed, long portion) {
        return Pass.evaluation(store, batch, Randomness.of(seed).noise(RandomStream.SAMPLES, portion));
    }

    @Override
    public void close() {
        programs.close();
        asking.close();
        manager.close();
    }
}
