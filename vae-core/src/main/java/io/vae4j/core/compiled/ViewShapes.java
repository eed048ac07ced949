package io.vae4j.core.compiled;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Shapes of views. */
final class ViewShapes {

    private ViewShapes() {}

    /** A shape of which one length may be -1, for what is left. */
    static Shape reshaped(Shape from, Shape to) {
        long known = Arrays.stream(to.getShape()).filter(length -> length >= 0).reduce(1, (a, b) -> a * b);
        return new Shape(Arrays.stream(to.getShape())
                .map(length -> length >= 0 ? length : from.size() / known)
                .toArray());
    }

    /** With an axis of length 1 more. */
    static Shape expanded(Shape shape, int axis) {
        int place = axis < 0 ? axis + shape.dimension() + 1 : axis;
        return shape.slice(0, place).add(1).addAll(shape.slice(place));
    }

    /** Without axes of length 1. */
    static Shape squeezed(Shape shape, int... axes) {
        int rank = shape.dimension();
        LongStream left = IntStream.range(0, rank)
                .filter(axis -> Arrays.stream(axes).noneMatch(out -> Math.floorMod(out, rank) == axis))
                .mapToLong(shape::get);
        return new Shape(left.toArray());
    }
}
