package io.vae4j.experiments.evaluation.classifier;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.Shuffle;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tells the class of examples; it is trained on the real ones when it is made, and owns what it learned. */
public final class ExampleClassifier implements AutoCloseable {

    private static final int EPOCHS = 6;

    /** What MNIST's six epochs come to, more or less; of few examples it takes more epochs. */
    private static final int FEWEST_STEPS = 2000;

    private static final int BATCH = 128;
    private static final double LEARNING_RATE = 1e-3;

    private final NDManager manager;
    private final ParameterStore store;
    private final ClassifierNetwork network;
    private final DeviceExamples test;
    private final DataView view;

    /**
     * @param data with classes
     * @param progress told how many epochs are done
     */
    public ExampleClassifier(Dataset data, Device device, long seed, IntConsumer progress) {
        this(data, device, seed);
        try (NDManager whileTraining = manager.newSubManager()) {
            train(whileTraining, new DeviceExamples(whileTraining, data.train(), view), seed, progress);
        }
    }

    /** One that has learned nothing yet. */
    ExampleClassifier(Dataset data, Device device, long seed) {
        manager = NDManager.newBaseManager(device, "PyTorch");
        store = new ParameterStore(manager, false);
        Shape event = new Shape(data.summary().dimensions());
        view = new DataView(data.summary(), event, ValueTransform.AS_STORED, ConditionName.LABEL);
        network = new ClassifierNetwork(data.summary().classes().size());
        Engine.getInstance().setRandomSeed((int) seed);
        network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(event));
        test = new DeviceExamples(manager, data.test(), view);
    }

    /** What it learned, by name. */
    Map<String, NDArray> weights() {
        return ModelState.tensors(network);
    }

    /**
     * The features of examples by which it tells the classes apart.
     *
     * @param examples as they are stored, bytes as levels from 0 to 1, [N, ...X]
     * @return [N, 512], owned by {@code owner}
     */
    public NDArray features(NDManager owner, NDArray examples) {
        return WithoutGradient.compute(() -> {
            try (NDManager batch = manager.newSubManager();
                    NDArray flat = examples.reshape(examples.getShape().get(0), -1)) {
                flat.attach(batch);
                NDArray features = network.features(Pass.evaluation(store, batch, Noise.engine()), flat);
                features.attach(owner);
                return features;
            }
        });
    }

    /** The features of real examples, at most the first {@code count}. */
    public NDArray features(NDManager owner, Examples examples, int count) {
        int[] first = IntStream.range(0, Math.min(count, examples.count())).toArray();
        try (NDManager batch = manager.newSubManager()) {
            DeviceExamples real = new DeviceExamples(batch, examples.select(first), view);
            return features(
                    owner, real.range(batch, 0, first.length, Noise.engine()).x());
        }
    }

    private void train(NDManager scratch, DeviceExamples examples, long seed, IntConsumer progress) {
        FusedAdam adam = new FusedAdam(
                scratch,
                network.getParameters().values().stream().map(p -> p.getArray()).toList(),
                new FusedAdam.Settings());
        long step = 0;
        int epochs = Math.max(EPOCHS, FEWEST_STEPS / ((examples.count() + BATCH - 1) / BATCH));
        for (int epoch = 1; epoch <= epochs; epoch++) {
            long[] order = Shuffle.of(seed, epoch, examples.count());
            for (int from = 0; from < order.length; from += BATCH, step++) {
                try (NDManager batch = scratch.newSubManager()) {
                    int to = Math.min(from + BATCH, order.length);
                    backward(batch, examples.batch(batch, order, from, to, Noise.engine()));
                    adam.step(LEARNING_RATE, step);
                }
            }
            if (epoch % Math.max(1, epochs / EPOCHS) == 0) {
                progress.accept(epoch);
            }
        }
    }

    private void backward(NDManager batch, Minibatch data) {
        Pass pass = Pass.training(store, batch, Noise.engine());
        NDArray classes = oneHot(data.condition());
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray likelihoods =
                    network.logProbabilities(pass, data.x()).mul(classes).sum(new int[] {1});
            tape.backward(likelihoods.mean().neg());
        }
    }

    private static NDArray oneHot(Condition condition) {
        if (condition instanceof Condition.Given given) {
            return given.values();
        }
        throw new IllegalStateException("the classifier's data come without labels");
    }

    /** The share of the real test examples that it names rightly, and its confidence in them. */
    public Recognition test() {
        try (NDManager batch = manager.newSubManager()) {
            long[] all = LongStream.range(0, test.count()).toArray();
            Minibatch data = test.batch(batch, all, 0, all.length, Noise.engine());
            return recognize(data.x(), oneHot(data.condition()).argMax(1));
        }
    }

    /**
     * Names examples and compares.
     *
     * @param examples as they are stored, bytes as levels from 0 to 1, [N, ...X]
     * @param asked the right classes, [N]
     */
    public Recognition recognize(NDArray examples, NDArray asked) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray probabilities = probabilities(batch, examples);
            NDArray right = probabilities.argMax(1).eq(asked).toType(DataType.FLOAT32, false);
            return new Recognition(right.mean().getFloat(), confidence(probabilities));
        }
    }

    /** The mean of max_c p(c|x) over examples [N, ...X]. */
    public double confidence(NDManager scratch, NDArray examples) {
        try (NDManager batch = scratch.newSubManager()) {
            return confidence(probabilities(batch, examples));
        }
    }

    private static double confidence(NDArray probabilities) {
        return probabilities.max(new int[] {1}).mean().getFloat();
    }

    /**
     * p(c|x), a categorical distribution whose logits a network gives.
     *
     * @param batch owns the result
     * @param examples as they are stored, bytes as levels from 0 to 1, [N, ...X]
     * @return [N, C]
     */
    public NDArray probabilities(NDManager batch, NDArray examples) {
        NDArray flat = examples.reshape(examples.getShape().get(0), -1);
        flat.attach(batch);
        Pass pass = Pass.evaluation(store, batch, Noise.engine());
        return network.logProbabilities(pass, flat).exp();
    }

    /**
     * How examples were recognized.
     *
     * @param accuracy the share that was named as asked
     * @param confidence the mean of max_c p(c|x)
     */
    public record Recognition(double accuracy, double confidence) {}

    @Override
    public void close() {
        manager.close();
    }
}
