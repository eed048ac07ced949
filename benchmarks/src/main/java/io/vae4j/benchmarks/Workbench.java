package io.vae4j.benchmarks;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LeafParameters;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.StepKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A recipe made real with one batch of random bits: arithmetic takes as long on them as on digits. Everything belongs
 * to one manager; each call has a batch manager of its own, as in the training loop.
 */
final class Workbench implements AutoCloseable {

    private static final int SIDE = 28;
    private static final int DIGITS = 10;
    private static final double LEARNING_RATE = 1e-3;

    /** What it runs on: {@code -Dvae4j.benchmarks.device=gpu}, untried, or the CPU. */
    static final Device DEVICE = Device.fromName(System.getProperty("vae4j.benchmarks.device", "cpu"));

    private final NDManager manager = NDManager.newBaseManager(DEVICE);
    private final ParameterStore store = new ParameterStore(manager, false);
    private final LatentModel model;
    private final Objective objective;
    private final GradientEstimator estimator;
    private final TrainingStep whole;
    /** For the parts of a step alone. */
    private final FusedAdam adam;

    private final NDArray images;
    private final Memoized<LeafParameters> differentiated = Memoized.of(this::differentiate);
    private long step;

    Workbench(Recipe recipe) {
        Engine.getInstance().setRandomSeed(0);
        Assembly assembly = recipe.model().assemble(ModelContext.of(randomData(1)));
        model = assembly.model();
        model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(assembly.event()));
        objective = recipe.objective().over(new Extent(1, 1)).at(0);
        estimator = recipe.estimator().estimator();
        whole = new TrainingStep(model, estimator, recipe.optimizer().settings());
        if (recipe.train().step() == StepKind.COMPILED) {
            whole.compiled();
        }
        adam = new FusedAdam(manager, parameters(), recipe.optimizer().settings());
        images = bits(new Shape(recipe.train().batch()).addAll(assembly.event()));
    }

    /** A data set of random pixels and digits in turn. */
    static Dataset randomData(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        new Random(0).nextBytes(pixels);
        Values images = Values.ofBytes(ByteBuffer.wrap(pixels), count, new Shape(1, SIDE, SIDE));
        int[] digits = IntStream.range(0, count).map(i -> i % DIGITS).toArray();
        Examples examples = new Examples(images, Labels.numbered(DIGITS, digits));
        return new ArrayDataset("random", examples, examples, new Provenance("random", Map.of()));
    }

    LatentModel model() {
        return model;
    }

    /** [B, ...X], zeros and ones; the workbench's. */
    NDArray images() {
        return images;
    }

    /** The loss with its graph, but no gradient. */
    long forward() {
        try (NDManager batch = manager.newSubManager()) {
            Pass pass = Pass.training(store, batch, noise());
            forward(pass);
        }
        return step++;
    }

    private void forward(Pass pass) {
        GradientCollector tape = Engine.getInstance().newGradientCollector();
        try {
            objective
                    .loss(model.boundTerms(pass, input(pass.batch()), Condition.none(), objective.samples()))
                    .mean();
        } finally {
            tape.close();
        }
    }

    /** Forward and backward. */
    long gradient() {
        try (NDManager batch = manager.newSubManager()) {
            gradient(Pass.training(adam.leaves(store, batch), batch, noise()));
        }
        return step++;
    }

    /** The optimizer alone, with the gradient of its first call. */
    long update() {
        adam.step(differentiated.get(), LEARNING_RATE, step);
        return step++;
    }

    private LeafParameters differentiate() {
        LeafParameters leaves = adam.leaves(store, manager);
        try (NDManager batch = manager.newSubManager()) {
            gradient(Pass.training(leaves, batch, noise()));
        }
        return leaves;
    }

    /** The whole training step. */
    long step() {
        try (NDManager batch = manager.newSubManager()) {
            step(batch, noise());
        }
        if (DEVICE.isGpu()) {
            whole.skipped().isLatest(); // waits, so that the clock is read when the step is done
        }
        return step++;
    }

    /** The step that comes next, with the given noise; what it leaves belongs to {@code batch}. */
    void step(NDManager batch, Noise noise) {
        whole.on(new TrainingStep.Inputs(input(batch), Condition.none(), objective, LEARNING_RATE, step, noise));
    }

    /** Forward and backward with the given noise; gradients are added to the parameters' own. */
    Estimate gradient(NDManager batch, Noise noise) {
        return gradient(Pass.training(store, batch, noise));
    }

    private Estimate gradient(Pass pass) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            return estimator.backward(tape, model, pass, input(pass.batch()), Condition.none(), objective);
        }
    }

    /** log (1/K) sum_k w_k, [B], nats, with no graph; it belongs to {@code batch}. */
    NDArray logLikelihood(NDManager batch, Noise noise, int samples) {
        Pass pass = Pass.evaluation(store, batch, noise);
        BoundTerms terms = model.boundTerms(pass, input(batch), Condition.none(), samples);
        return Ops.logMeanExp(terms.logWeight(), 0);
    }

    private Noise noise() {
        return Noise.seeded(0, step, 0);
    }

    private NDArray bits(Shape shape) {
        try (NDArray uniform = manager.randomUniform(0, 1, shape);
                NDArray dark = uniform.gt(0.5f)) {
            return dark.toType(DataType.FLOAT32, true);
        }
    }

    /** A batch's own handle on the images: results belong to the batch, not to the workbench. */
    private NDArray input(NDManager batch) {
        NDArray alias = images.reshape(images.getShape());
        alias.attach(batch);
        return alias;
    }

    private List<NDArray> parameters() {
        return model.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .map(Parameter::getArray)
                .toList();
    }

    @Override
    public void close() {
        manager.close();
    }
}
