package io.vae4j.models.vq;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Prior;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of tests on quantization: arrays by value, quantizers whose features are the encoder's outputs, small models.
 */
abstract class QuantizedTest {

    static final int PIXELS = 8;
    static final Initialization START = Initialization.FAN_IN_UNIFORM;
    static final CodebookUpdate BY_GRADIENT = new CodebookUpdate.ByGradient();
    static final CodebookUpdate BY_AVERAGE = new CodebookUpdate.ByMovingAverage();

    NDManager manager;
    ParameterStore store;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        Engine.getInstance().setRandomSeed(23);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    NDArray array(Shape shape, double... values) {
        // a view of the Java buffer would outlive it
        try (NDArray made = manager.create(values, shape)) {
            return made.duplicate();
        }
    }

    NDArray codes(Shape shape, long... values) {
        try (NDArray made = manager.create(values, shape)) {
            return made.duplicate();
        }
    }

    Pass evaluation(long key) {
        return Pass.evaluation(store, manager, Noise.seeded(1, key, 0));
    }

    Pass training(long key) {
        return Pass.training(store, manager, Noise.seeded(1, key, 0));
    }

    NDArray parameter(Block block, String name) {
        return block.getParameters().get(name).getArray();
    }

    static Codebook codebook(long count, long dimensions, CodebookUpdate update) {
        return new Codebook(count, dimensions, update, new CodebookStart.Uniform(), new DeadCodeReset.Never());
    }

    /** A codebook of the given codes, [N, D]. */
    Codebook initialized(Codebook codebook, NDArray codes) {
        codebook.initialize(manager, codes.getDataType(), codes.getShape());
        codes.copyTo(parameter(codebook, "codes"));
        return codebook;
    }

    /** A quantizer with the given codes, [N, D], whose linear map is the identity, for features with D channels. */
    VectorQuantizer identity(Codebook codebook, NDArray codes, double commitment, QuantizationGradient gradient) {
        VectorQuantizer quantizer = new VectorQuantizer(codebook, commitment, gradient, START);
        long dimensions = codes.getShape().get(1);
        quantizer.initialize(manager, codes.getDataType(), new Shape(1, dimensions, 1, 1));
        manager.eye((int) dimensions)
                .toType(codes.getDataType(), true)
                .copyTo(parameter(quantizer, "01projection_weight"));
        parameter(quantizer, "01projection_bias")
                .muli(parameter(quantizer, "01projection_bias").zerosLike());
        codes.copyTo(parameter(codebook, "codes"));
        return quantizer;
    }

    /** The gradient of a scalar function. */
    NDArray gradient(NDArray at, Function<NDArray, NDArray> scalar) {
        at.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(scalar.apply(at));
        }
        return at.getGradient();
    }

    /** A model of vectors of pixels with a grid of 2 x 2 codes. */
    Vae model(Codebook codebook, QuantizationGradient gradient, Prior prior, DataType type) {
        VectorQuantizer quantizer = new VectorQuantizer(codebook, 0.25, gradient, START);
        NetworkDecoder decoder = new NetworkDecoder(
                new Mlp(List.of(16), Activation.TANH, START), new BernoulliPixels(new Shape(PIXELS), START));
        Vae model = new Vae(new GridEncoder(), quantizer, decoder, prior);
        model.initialize(manager, type, new Shape(1, PIXELS));
        return model;
    }

    /** Rows of bits, each of which repeats one of four patterns. */
    NDArray bits(int rows, DataType type) {
        double[] values = new double[rows * PIXELS];
        for (int i = 0; i < values.length; i++) {
            int pattern = i / PIXELS % 4;
            values[i] = (i % PIXELS + pattern) % (pattern + 2) == 0 ? 1 : 0;
        }
        return array(new Shape(rows, PIXELS), values).toType(type, true);
    }

    /** One training step with everything that belongs to it; the mean loss before it. */
    double step(Vae model, NDArray x, FusedAdam adam, long step) {
        try (NDManager batch = manager.newSubManager()) {
            Pass pass = Pass.training(store, batch, Noise.seeded(5, step, 0));
            Estimate estimate = optimized(model, pass, x, adam, step);
            AfterStep.run(model, new CompletedStep(pass, estimate.terms(), step, adam));
            return estimate.loss().toType(DataType.FLOAT64, false).mean().getDouble();
        }
    }

    /** The same without what a model does after a step. */
    void backward(Vae model, NDArray x, FusedAdam adam, long step) {
        try (NDManager batch = manager.newSubManager()) {
            optimized(model, Pass.training(store, batch, Noise.seeded(5, step, 0)), x, adam, step);
        }
    }

    private static Estimate optimized(Vae model, Pass pass, NDArray x, FusedAdam adam, long step) {
        Estimate estimate;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            estimate = new PathwiseGradient().backward(tape, model, pass, x, Condition.none(), new Elbo());
        }
        adam.step(0.01, step);
        return estimate;
    }

    FusedAdam adam(Block model) {
        List<NDArray> arrays = model.getParameters().values().stream()
                .map(parameter -> parameter.getArray())
                .toList();
        return new FusedAdam(manager, arrays, new FusedAdam.Settings());
    }

    BoundTerms boundTerms(Vae model, NDArray x) {
        return model.boundTerms(evaluation(0), x, Condition.none(), 1);
    }

    /** Dense features as a grid of 3 channels on 2 x 2 positions. */
    static final class GridEncoder extends TypedBlock implements Encoder {

        private final Mlp dense = child("dense", new Mlp(List.of(12), Activation.TANH, START));

        @Override
        public NDArray features(Pass pass, NDArray x, Condition condition) {
            NDArray features = dense.features(pass, x, condition);
            Shape shape = features.getShape();
            return features.reshape(shape.get(0), shape.get(1), 3, 2, 2);
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(features(pass, inputs.head().expandDims(0), condition(inputs))
                    .squeeze(0));
        }
    }
}
