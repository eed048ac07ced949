package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.training.Minibatch;
import java.util.function.DoubleConsumer;

/**
 * Some examples as the model sees them. A batch is whole, however many are asked for, so that what is drawn for one of
 * them depends on its place alone.
 *
 * @param owner of all that is made of them
 * @param data [B, ...X] and what is given beside them
 * @param from the place of the first one
 * @param asked how many of them are asked for, the first ones: what is said of others is left out
 * @param event the shape of an example as the data have it, [C, H, W] or [D]
 * @param progress told which share of the work on them is done, where that takes long
 */
public record ExampleBatch(NDManager owner, Minibatch data, int from, int asked, Shape event, DoubleConsumer progress) {

    /** [B, ...X] in the shape in which the model takes them. */
    public NDArray x() {
        return data.x();
    }

    /** For B examples, or none. */
    public Condition condition() {
        return data.condition();
    }

    /** How many there are, B. */
    public int count() {
        return Math.toIntExact(x().getShape().get(0));
    }

    /** Values of examples in the shape that the data have. */
    public NDArray asStored(NDArray values) {
        return values.reshape(new Shape(values.getShape().get(0)).addAll(event));
    }
}
