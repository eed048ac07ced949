package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Pass;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.models.vq.Codebook;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A recipe made real on a device: the initialized model, its optimizer, and the data. Everything belongs to one
 * manager, which {@link #close()} closes.
 */
public final class Experiment implements AutoCloseable {

    private final NDManager manager;
    private final Recipe recipe;
    private final Randomness randomness;
    private final LatentModel model;
    private final ParameterStore store;
    private final FusedAdam adam;
    private final DeviceImages train;
    private final DeviceImages test;
    private final ImageData data;
    private final Shape event;
    private final Optional<Codebook> codebook;

    /** An experiment that begins now. */
    public Experiment(Recipe recipe, ImageData data, long seed, Device device) {
        this(recipe, data, Randomness.of(seed), device);
    }

    /** @param randomness of the run, which may have begun under another scheme */
    public Experiment(Recipe recipe, ImageData data, Randomness randomness, Device device) {
        this.manager = NDManager.newBaseManager(device, "PyTorch");
        this.recipe = recipe;
        this.randomness = randomness;
        this.data = data;
        Assembly assembly = recipe.model().assemble(data.train());
        model = assembly.model();
        event = assembly.event();
        codebook = assembly.codebook();
        randomness.seedEngine(RandomStream.INITIALIZE, 0);
        model.initialize(manager, DataType.FLOAT32, shapes(event, recipe.data().condition()));
        store = new ParameterStore(manager, false);
        adam = new FusedAdam(manager, trainable(), recipe.optimizer().settings());
        train = new DeviceImages(manager, data.train(), event, recipe.data());
        test = new DeviceImages(manager, data.test(), event, recipe.data());
    }

    /** How many numbers an image has. */
    public long dimensions() {
        return (long) height() * width();
    }

    /** The recipe that this experiment follows. */
    public Recipe recipe() {
        return recipe;
    }

    /** The seed of all its randomness. */
    public long seed() {
        return randomness.seed();
    }

    /** What its noise is drawn by. */
    Randomness randomness() {
        return randomness;
    }

    /** The model; it belongs to the experiment. */
    public LatentModel model() {
        return model;
    }

    /** The model's codebook, if its latents are codes. */
    public Optional<Codebook> codebook() {
        return codebook;
    }

    /** Owns the model and the data; passes take a sub-manager of it. */
    public NDManager manager() {
        return manager;
    }

    /** Hands out the model's parameters. */
    public ParameterStore store() {
        return store;
    }

    /** The first images of the training set, binarized by the run's seed where they are; owned by {@code batch}. */
    public Minibatch firstImages(NDManager batch, int images) {
        int count = Math.min(images, train.count());
        long[] order = IntStream.range(0, count).asLongStream().toArray();
        return train.batch(batch, order, 0, count, randomness.noise(RandomStream.FIGURES, 1));
    }

    /** Test images, binarized by a seed of the evaluation's where they are; owned by {@code batch}. */
    public Minibatch testImages(NDManager batch, int from, int to, long evaluationSeed) {
        long[] order = IntStream.range(from, to).asLongStream().toArray();
        return test.batch(
                batch, order, 0, to - from, Randomness.of(evaluationSeed).noise(RandomStream.EVALUATION_BITS, from));
    }

    /** How many test images there are. */
    public int testCount() {
        return test.count();
    }

    /** A pass that only looks, with noise that depends on the seed and the portion alone. */
    public Pass evaluation(NDManager batch, long evaluationSeed, long portion) {
        return Pass.evaluation(
                store, batch, Randomness.of(evaluationSeed).noise(RandomStream.EVALUATION_NOISE, portion));
    }

    /** A pass that samples from the model. */
    public Pass sampling(NDManager batch, long samplingSeed, long portion) {
        return Pass.evaluation(store, batch, Randomness.of(samplingSeed).noise(RandomStream.SAMPLES, portion));
    }

    /** Rows of an image. */
    public int height() {
        return data.train().height();
    }

    /** Columns of an image. */
    public int width() {
        return data.train().width();
    }

    FusedAdam adam() {
        return adam;
    }

    DeviceImages train() {
        return train;
    }

    DeviceImages test() {
        return test;
    }

    ImageData data() {
        return data;
    }

    /** The shapes of one example, and of its condition. */
    private static Shape[] shapes(Shape event, ConditionName condition) {
        Shape image = new Shape(1).addAll(event);
        return switch (condition) {
            case NONE -> new Shape[] {image};
            case LABEL -> new Shape[] {image, new Shape(1, ImageSet.CLASSES)};
        };
    }

    private List<NDArray> trainable() {
        return ModelState.of(model).stream()
                .filter(named -> named.trainable() == ModelState.Trainable.YES)
                .map(ModelState.Named::array)
                .toList();
    }

    @Override
    public void close() {
        manager.close();
    }
}
