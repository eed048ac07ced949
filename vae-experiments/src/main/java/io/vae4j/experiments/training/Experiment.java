package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.optimiser.FusedAdam;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.recipe.Recipe;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recipe made real on a device: the initialised model, its optimiser, and the data. Everything belongs to one
 * manager, which {@link #close()} closes.
 */
public final class Experiment implements AutoCloseable {

    private final NDManager manager;
    private final Recipe recipe;
    private final long seed;
    private final LatentModel model;
    private final ParameterStore store;
    private final FusedAdam adam;
    private final DeviceImages train;
    private final DeviceImages test;
    private final ImageData data;

    public Experiment(Recipe recipe, ImageData data, long seed, Device device) {
        this.manager = NDManager.newBaseManager(device, "PyTorch");
        this.recipe = recipe;
        this.seed = seed;
        this.data = data;
        model = recipe.model().assemble(dimensions()).model();
        Engine.getInstance().setRandomSeed((int) Stream.INITIALISE.seed(seed, 0));
        model.initialize(manager, DataType.FLOAT32, new Shape(1, dimensions()));
        store = new ParameterStore(manager, false);
        adam = new FusedAdam(manager, trainable(), recipe.optimiser().settings());
        train = new DeviceImages(manager, data.train(), recipe.data().pixels());
        test = new DeviceImages(manager, data.test(), recipe.data().pixels());
    }

    /** How many numbers an image has. */
    public long dimensions() {
        return (long) data.train().height() * data.train().width();
    }

    /** The recipe that this experiment follows. */
    public Recipe recipe() {
        return recipe;
    }

    /** The seed of all its randomness. */
    public long seed() {
        return seed;
    }

    /** The model; it belongs to the experiment. */
    public LatentModel model() {
        return model;
    }

    /** Owns the model and the data; passes take a sub-manager of it. */
    public NDManager manager() {
        return manager;
    }

    /** Hands out the model's parameters. */
    public ParameterStore store() {
        return store;
    }

    /** The first images of the training set, binarised by the run's seed where they are; [B, D], owned by a batch. */
    public NDArray firstImages(NDManager batch, int images) {
        int count = Math.min(images, train.count());
        long[] order = IntStream.range(0, count).asLongStream().toArray();
        return train.batch(batch, order, 0, count, Stream.FIGURES.noise(seed, 1));
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
