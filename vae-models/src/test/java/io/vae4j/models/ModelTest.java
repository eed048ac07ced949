package io.vae4j.models;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LeafParameters;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests on whole models: initialized in the type and with the condition that the test wants. */
abstract class ModelTest {

    protected NDManager manager;
    protected ParameterStore store;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        Engine.getInstance().setRandomSeed(11);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    protected <M extends Block> M initialized(M model, DataType type) {
        model.initialize(manager, type, new Shape(1, Models.PIXELS));
        return model;
    }

    /** Bits with structure: each row repeats a pattern of its own. */
    protected NDArray bits(int rows, DataType type) {
        float[] values = new float[rows * Models.PIXELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i / Models.PIXELS + i % Models.PIXELS) % 3 == 0 ? 1 : 0;
        }
        // toType shares the storage where the type is the same, here a buffer that dies with its Java object
        try (NDArray made = manager.create(values, new Shape(rows, Models.PIXELS));
                NDArray typed = made.toType(type, true)) {
            return typed.duplicate();
        }
    }

    protected Pass evaluation(Noise noise) {
        return Pass.evaluation(store, manager, noise);
    }

    protected static List<NDArray> arrays(Block model) {
        return model.getParameters().values().stream().map(Parameter::getArray).toList();
    }

    /** Backward over one batch; the mean loss before the step. */
    protected float backward(LatentModel model, NDArray x, Condition condition, Objective objective, long step) {
        try (NDManager batch = manager.newSubManager()) {
            return meanLoss(estimate(model, training(batch, step), x, condition, objective));
        }
    }

    /** One training step with everything that belongs to it; the mean loss before the step. */
    protected float step(
            LatentModel model, NDArray x, Condition condition, Objective objective, FusedAdam adam, long step) {
        try (NDManager batch = manager.newSubManager()) {
            LeafParameters leaves = adam.leaves(store, batch);
            Pass pass = Pass.training(leaves, batch, Noise.seeded(5, step, 0));
            Estimate estimate = estimate(model, pass, x, condition, objective);
            adam.step(leaves, 0.01, step);
            AfterStep.run(model, new CompletedStep(pass, estimate.terms(), step, adam));
            return meanLoss(estimate);
        }
    }

    /** Trains on one batch. @return the mean losses of the first and the last ten steps */
    protected float[] train(LatentModel model, NDArray x, Objective objective, int steps) {
        float[] losses = train(model, x, Condition.none(), objective, steps);
        float first = 0;
        float last = 0;
        for (int step = 0; step < steps; step++) {
            first += step < 10 ? losses[step] / 10 : 0;
            last += step >= steps - 10 ? losses[step] / 10 : 0;
        }
        return new float[] {first, last};
    }

    /** Trains on one batch. @return the mean loss before each step */
    protected float[] train(LatentModel model, NDArray x, Condition condition, Objective objective, int steps) {
        float[] losses = new float[steps];
        try (FusedAdam adam = new FusedAdam(manager, arrays(model), new FusedAdam.Settings())) {
            for (int step = 0; step < steps; step++) {
                losses[step] = step(model, x, condition, objective, adam, step);
            }
        }
        return losses;
    }

    private Pass training(NDManager batch, long step) {
        return Pass.training(store, batch, Noise.seeded(5, step, 0));
    }

    private static Estimate estimate(
            LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        Condition owned =
                condition instanceof Condition.Given given ? Condition.given(owned(pass, given.values())) : condition;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            return new PathwiseGradient().backward(tape, model, pass, owned(pass, x), owned, objective);
        }
    }

    private static NDArray owned(Pass pass, NDArray values) {
        NDArray copy = values.duplicate();
        copy.attach(pass.batch());
        return copy;
    }

    private static float meanLoss(Estimate estimate) {
        return estimate.loss().toType(DataType.FLOAT32, false).mean().getFloat();
    }
}
