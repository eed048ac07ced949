package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.Aten;
import java.util.function.BinaryOperator;

/** Checks and views of shapes, which never read the device. */
final class Shapes {

    private Shapes() {}

    /** A parameter has at least the axes [K, B, ...event]. */
    static void requireParameter(String name, NDArray parameter, int eventRank) {
        Shape shape = parameter.getShape();
        if (eventRank < 0 || shape.dimension() < eventRank + 2) {
            throw new IllegalArgumentException(name + " has shape " + shape + " and the event rank is " + eventRank
                    + "; expected [K or 1, B or 1, ...event] with " + eventRank
                    + " event axes: insert axes of length 1 by expandDims");
        }
    }

    /** Two parameters of one distribution have one shape. */
    static void requireEqual(String name, NDArray one, String otherName, NDArray other) {
        if (!one.getShape().equals(other.getShape())) {
            throw new IllegalArgumentException(name + " has shape " + one.getShape() + " and " + otherName + " "
                    + other.getShape() + "; expected equal shapes [K or 1, B or 1, ...event]");
        }
    }

    /** The event axes of a value are those of the distribution: broadcasting would count events twice. */
    static void requireEvent(Distribution distribution, NDArray value) {
        Shape expected = event(distribution.shape(), distribution.eventRank());
        Shape shape = value.getShape();
        if (shape.dimension() <= expected.dimension()
                || !event(shape, expected.dimension()).equals(expected)) {
            throw new IllegalArgumentException("a value has shape " + shape + " under a "
                    + distribution.getClass().getSimpleName() + " over events of shape " + expected
                    + "; expected [B, ...event] or [K, B, ...event]: reshape the value, or give the network's last layer "
                    + "this event shape (for classes, their number)");
        }
    }

    /** A function of [..., G, N], applied to views of [..., ...event] that are closed after it. */
    static NDArray overGroups(BinaryOperator<NDArray> function, NDArray logits, NDArray value, int eventRank) {
        try (NDArray first = grouped(logits, eventRank);
                NDArray second = grouped(value, eventRank)) {
            return function.apply(first, second);
        }
    }

    /** N is as large as a product of probabilities allows. */
    private static NDArray grouped(NDArray x, int eventRank) {
        Shape shape = x.getShape();
        long size = event(shape, eventRank).size();
        boolean wide = x.getDataType() != DataType.FLOAT16 && x.getDataType() != DataType.BFLOAT16;
        long group = wide ? Math.max(1, Math.min(size, Aten.LONGEST_PRODUCT)) : 1;
        while (size % group != 0) {
            group--;
        }
        return x.reshape(shape.slice(0, shape.dimension() - eventRank).add(size / group, group));
    }

    private static Shape event(Shape shape, int eventRank) {
        return shape.slice(shape.dimension() - eventRank);
    }
}
