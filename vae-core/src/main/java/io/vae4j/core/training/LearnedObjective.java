package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.AdaptiveObjective;
import java.util.List;
import java.util.Map;

/** The part of an adaptive objective, beside a model that is trained by it. */
record LearnedObjective(Block part) {

    private static final String PREFIX = "objective.";

    /**
     * With parameters that fit the model.
     *
     * @throws IllegalArgumentException if the objective has parameters already: those are another step's
     */
    static LearnedObjective of(AdaptiveObjective objective, LatentModel model, NDManager owner, DataType type) {
        if (objective.part().isInitialized()) {
            throw new IllegalArgumentException(
                    "this objective is trained by another step, which owns what it learns; make a new one");
        }
        WithoutGradient.run(() -> {
            try (NDManager scratch = owner.newSubManager()) {
                Pass pass = Pass.evaluation(new ParameterStore(owner, false), scratch, Noise.seeded(0, 0, 0));
                List<Shape> inputs = model.describeInput().values();
                NDArray x = scratch.zeros(inputs.get(0), type);
                Condition condition =
                        inputs.size() > 1 ? Condition.given(scratch.zeros(inputs.get(1), type)) : Condition.none();
                objective.initialize(owner, model.boundTerms(pass, x, condition, 1));
            }
        });
        return new LearnedObjective(objective.part());
    }

    /** Its parameters, under names that no model's part should have. */
    List<ModelState.Named> parameters() {
        return ModelState.of(part).stream()
                .map(named -> new ModelState.Named(PREFIX + named.name(), named.parameter()))
                .toList();
    }

    /** Adds the values of its parameters, by name. */
    void collect(Map<String, NDArray> state) {
        parameters().forEach(named -> ModelState.put(state, named.name(), named.array()));
    }
}
