package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Two inputs of one network as one: units of vectors, or channels of maps of one size. */
final class SideBySide {

    private static final int FEATURES = 2;

    private SideBySide() {}

    /**
     * @param one [K or 1, B or 1, F, ...positions]
     * @param other [K or 1, B or 1, G, ...positions]
     * @return [K, B, F + G, ...positions]
     */
    static NDArray of(NDArray one, NDArray other) {
        requireSamePositions(one.getShape(), other.getShape());
        Shape leading = new Shape(longer(0, one, other), longer(1, one, other));
        return NDArrays.concat(new NDList(shared(one, leading), shared(other, leading)), FEATURES);
    }

    private static NDArray shared(NDArray values, Shape leading) {
        Shape shape = leading.addAll(values.getShape().slice(FEATURES));
        return values.getShape().equals(shape) ? values : values.broadcast(shape);
    }

    private static long longer(int axis, NDArray one, NDArray other) {
        return Math.max(one.getShape().get(axis), other.getShape().get(axis));
    }

    private static void requireSamePositions(Shape one, Shape other) {
        if (!one.slice(FEATURES + 1).equals(other.slice(FEATURES + 1))) {
            throw new IllegalArgumentException("features of shape " + one + " were to be joined to others of shape "
                    + other + "; expected vectors, or maps of one size: give both networks the same steps");
        }
    }
}
