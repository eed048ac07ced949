package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/** Starts a parameter at given numbers, such as the logits of a data set's mean. */
public final class GivenInitializer implements Initializer {

    private final float[] values;

    public GivenInitializer(float[] values) {
        this.values = values.clone();
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType type) {
        if (shape.size() != values.length) {
            throw new IllegalArgumentException("the parameter has shape " + shape + " and " + values.length
                    + " numbers are given to start it; expected as many as it has elements");
        }
        // create() would keep Java's buffer: a copy has memory of its own
        try (NDArray given = manager.create(values, shape);
                NDArray typed = given.toType(type, true)) {
            return typed.duplicate();
        }
    }
}
