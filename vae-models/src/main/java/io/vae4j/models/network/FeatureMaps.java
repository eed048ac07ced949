package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** Shapes of feature maps, [..., C, H, W]. */
final class FeatureMaps {

    static final int AXES = 3;

    private FeatureMaps() {}

    /** Applies an operation on [N, C, H, W] with all leading axes folded into N, the first one slowest. */
    static NDArray folded(NDArray maps, UnaryOperator<NDArray> operation) {
        Shape shape = maps.getShape();
        int leading = shape.dimension() - AXES;
        if (leading == 1) {
            return operation.apply(maps);
        }
        // both are views: what they show is freed only when they are closed as well
        try (NDArray folded = maps.reshape(new Shape(-1).addAll(shape.slice(leading)));
                NDArray result = operation.apply(folded)) {
            return result.reshape(
                    shape.slice(0, leading).addAll(result.getShape().slice(1)));
        }
    }

    /** C of a feature map's shape, which it checks. */
    static long channels(Shape maps) {
        if (maps.dimension() <= AXES) {
            throw new IllegalArgumentException("a convolution was initialized for features of shape " + maps
                    + "; expected [B, C, H, W]: give it an image's shape, or use a dense layer");
        }
        return maps.get(maps.dimension() - AXES);
    }

    /** The shape with other channels, and each image axis changed. */
    static Shape resized(Shape maps, long channels, LongUnaryOperator side) {
        int leading = maps.dimension() - AXES;
        return maps.slice(0, leading)
                .add(channels, side.applyAsLong(maps.get(leading + 1)), side.applyAsLong(maps.get(leading + 2)));
    }
}
