package io.vae4j.experiments.training;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ValueTransform;
import java.util.OptionalInt;

/**
 * How data reach a model.
 *
 * @param summary what is known of the data
 * @param event the shape in which the model takes an example, [D] or [C, H, W]
 * @param values what becomes of stored values
 * @param condition what is given beside an example
 */
public record DataView(DataSummary summary, Shape event, ValueTransform values, ConditionName condition) {

    /** Data as they are stored, in their own shape, and no condition. */
    public static DataView plain(DataSummary summary) {
        return new DataView(summary, summary.event(), ValueTransform.AS_STORED, ConditionName.NONE);
    }

    /** How many classes the model is conditioned on; empty for a model without a condition. */
    public OptionalInt conditionClasses() {
        return switch (condition) {
            case NONE -> OptionalInt.empty();
            case LABEL -> OptionalInt.of(summary.classes().size());
        };
    }

    /** The shapes of one example, and of its condition, by which a model is initialized. */
    public Shape[] inputShapes() {
        Shape example = new Shape(1).addAll(event);
        return conditionClasses().isEmpty()
                ? new Shape[] {example}
                : new Shape[] {example, new Shape(1, conditionClasses().getAsInt())};
    }
}
