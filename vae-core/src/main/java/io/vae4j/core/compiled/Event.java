package io.vae4j.core.compiled;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.List;

/**
 * One thing that was done with symbolic arrays.
 *
 * @param what was done
 * @param inputs with what
 * @param results what came of it
 */
record Event(What what, List<Value> inputs, List<Value> results) {

    /** What can be done. Two that are equal are the same thing. */
    sealed interface What {}

    /**
     * An operation of torch's.
     *
     * @param differentiated whether gradients pass, or it was done within {@code WithoutGradient}
     */
    record Operated(Operation operation, boolean differentiated) implements What {}

    /** A function in TorchScript; the same holds for it. */
    record Applied(TorchFunction function, boolean differentiated) implements What {}

    /** An array of the caller's was met for the first time. */
    record Met(Shape shape, DataType type) implements What {}

    /** A parameter was met for the first time. */
    record MetHeld(Value.Held place) implements What {}

    /**
     * A number was made an array.
     *
     * @param varies whether it is known to be another one each time
     */
    record Said(Shape shape, DataType type, boolean onHost, boolean varies, double number) implements What {

        /** Whether another one differs at most in its number. */
        boolean resembles(Said other) {
            return shape.equals(other.shape) && type == other.type && onHost == other.onHost && varies == other.varies;
        }
    }

    /** Gradients by a value are wanted. */
    record Wanted() implements What {}

    /** Gradients were computed from a value with its gradient; the results are all gradients, in order. */
    record WentBack() implements What {}

    /** A value is wanted by the caller. */
    record Kept() implements What {}

    /** A value was written into another one. */
    record Written() implements What {}

    /** An optimizer took a step. */
    record Updated(TorchScriptCode code, int number) implements What {}
}
