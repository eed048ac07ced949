package io.vae4j.models;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.StepObserver;
import io.vae4j.core.training.TrainingStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A training of a small model. */
final class SmallTraining implements AutoCloseable {

    private static final Schedule<Double> RATE = Schedule.warmUp(20, Schedule.cosine(1e-2, 0, 80));

    private final NDManager owner;
    private final LatentModel model;
    private final TrainingStep step;
    private final Schedule<? extends Objective> objective;
    private final DataType type;

    SmallTraining(NDManager parent, DataType type, Schedule<? extends Objective> objective, Way way) {
        this(parent, type, objective, way, Models::bernoulli, new FusedAdam.Settings());
    }

    SmallTraining(
            NDManager parent,
            DataType type,
            Schedule<? extends Objective> objective,
            Way way,
            Supplier<? extends LatentModel> made,
            FusedAdam.Settings settings) {
        owner = parent.newSubManager();
        this.type = type;
        this.objective = objective;
        Engine.getInstance().setRandomSeed(1);
        model = made.get();
        model.initialize(owner, type, new Shape(1, Models.PIXELS));
        step = new TrainingStep(model, new PathwiseGradient(), settings, objective.at(0));
        if (way == Way.COMPILED) {
            step.compiled();
        }
    }

    TrainingStep step() {
        return step;
    }

    /** The mean loss of a step on so many examples. */
    double take(int index, int examples) {
        return take(index, examples, estimate -> {});
    }

    double take(int index, int examples, StepObserver observer) {
        try (NDManager batch = owner.newSubManager()) {
            NDArray x = batch.arange(0f, examples * Models.PIXELS, 1f)
                    .reshape(examples, Models.PIXELS)
                    .sin()
                    .gt(0.3)
                    .toType(type, false);
            return step.on(
                            new TrainingStep.Inputs(
                                    x,
                                    Condition.none(),
                                    objective.at(index),
                                    RATE.at(index),
                                    index,
                                    Noise.seeded(5, index, 0)),
                            observer)
                    .loss()
                    .toType(DataType.FLOAT64, true)
                    .mean()
                    .toDoubleArray()[0];
        }
    }

    /** Everything that training goes on from. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        ModelState.of(model).forEach(named -> state.put(named.name(), named.array()));
        state.putAll(step.state());
        return state;
    }

    @Override
    public void close() {
        step.close();
        owner.close();
    }
}
