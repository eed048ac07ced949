package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Checks of shapes, which never read the device. */
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

    private static Shape event(Shape shape, int eventRank) {
        return shape.slice(shape.dimension() - eventRank);
    }
}
