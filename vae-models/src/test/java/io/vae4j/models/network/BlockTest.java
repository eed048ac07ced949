package io.vae4j.models.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests of single blocks in float64. */
public abstract class BlockTest {

    protected NDManager manager;
    private ParameterStore store;

    @BeforeEach
    protected void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        Engine.getInstance().setRandomSeed(17);
    }

    @AfterEach
    protected void close() {
        manager.close();
    }

    /** Initialized with weights that are {@code scale} times as large as at the start of training. */
    protected <B extends Block> B initialized(B block, double scale, Shape... inputs) {
        block.initialize(manager, DataType.FLOAT64, inputs);
        try (NDArray factor = manager.full(new Shape(), (float) scale, DataType.FLOAT64)) {
            block.getParameters().values().forEach(p -> p.getArray().muli(factor));
        }
        return block;
    }

    protected Pass pass(Noise noise) {
        return Pass.training(store, manager, noise);
    }

    protected Pass pass() {
        return pass(Noise.given(List.of()));
    }

    protected NDArray normal(long seed, long... shape) {
        return Noise.seeded(seed, 0, 0).normal(new Shape(shape), manager.zeros(new Shape(), DataType.FLOAT64));
    }

    /** The gradient of a scalar score at a leaf of its own. */
    protected NDArray gradient(NDArray leaf, UnaryOperator<NDArray> score) {
        leaf.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(score.apply(leaf));
        }
        return leaf.getGradient();
    }

    /** The gradient of a score with respect to each parameter of a block, by its path. */
    protected Map<String, double[]> gradients(Block block, Supplier<NDArray> score) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(score.get());
        }
        Map<String, double[]> gradients = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : block.getParameters()) {
            gradients.put(
                    parameter.getKey(),
                    parameter.getValue().getArray().getGradient().toDoubleArray());
        }
        return gradients;
    }

    /** Central differences of a score with respect to one parameter. */
    protected double[] differences(Parameter parameter, Supplier<NDArray> score) {
        NDArray array = parameter.getArray();
        double[] at = array.toDoubleArray();
        double[] slopes = new double[at.length];
        double step = 1e-5;
        for (int i = 0; i < at.length; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + step;
            array.set(DoubleBuffer.wrap(moved));
            double up = score.get().getDouble();
            moved[i] = at[i] - step;
            array.set(DoubleBuffer.wrap(moved));
            slopes[i] = (up - score.get().getDouble()) / (2 * step);
        }
        array.set(DoubleBuffer.wrap(at));
        return slopes;
    }
}
