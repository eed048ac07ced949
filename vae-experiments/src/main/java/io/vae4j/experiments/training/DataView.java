package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ValueTransform;
import java.util.List;
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

    /**
     * The number of a class that the model is conditioned on.
     *
     * @param asked its name, or its number from 0
     * @throws InvalidInput if the model has no condition, or none of its classes is called so
     */
    public int conditionClass(String asked) {
        if (conditionClasses().isEmpty()) {
            throw new InvalidInput("this model has no condition", "--condition " + asked, "leave --condition away");
        }
        List<String> classes = summary.classes();
        if (classes.contains(asked)) {
            return classes.indexOf(asked);
        }
        if (asked.matches("\\d{1,4}") && Integer.parseInt(asked) < classes.size()) {
            return Integer.parseInt(asked);
        }
        throw new InvalidInput(
                "the model was not trained with this class",
                "--condition " + asked,
                "give a class, by name or by number from 0: " + classes);
    }

    /** An example by which a model can be asked what it is made of, with no data loaded; owned by {@code owner}. */
    public Minibatch zeros(NDManager owner) {
        Shape[] shapes = inputShapes();
        NDArray x = owner.zeros(shapes[0], DataType.FLOAT32);
        return new Minibatch(
                x, shapes.length == 1 ? Condition.none() : Condition.given(owner.zeros(shapes[1], DataType.FLOAT32)));
    }

    /** The shapes of one example, and of its condition, by which a model is initialized. */
    public Shape[] inputShapes() {
        Shape example = new Shape(1).addAll(event);
        return conditionClasses().isEmpty()
                ? new Shape[] {example}
                : new Shape[] {example, new Shape(1, conditionClasses().getAsInt())};
    }
}
