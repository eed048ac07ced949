package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Replays given arrays instead of drawing noise, copied into the pass that asks: for fixtures and for frozen-noise
 * finite differences.
 */
final class GivenNoise implements Noise {

    private final Iterator<NDArray> samples;

    GivenNoise(List<NDArray> samples) {
        this.samples = samples.iterator();
    }

    @Override
    public NDArray normal(Shape shape, NDArray like) {
        return next(shape, like);
    }

    @Override
    public NDArray uniform(Shape shape, NDArray like) {
        return next(shape, like);
    }

    private NDArray next(Shape shape, NDArray like) {
        if (!samples.hasNext()) {
            throw new NoSuchElementException("the given noise is used up; expected one more array of shape " + shape);
        }
        NDArray sample = samples.next();
        if (!sample.getShape().equals(shape)) {
            throw new IllegalArgumentException(
                    "the given noise has shape " + sample.getShape() + "; expected " + shape + " at this point");
        }
        // toType alone shares the storage where the type is the same
        try (NDArray typed = sample.toType(like.getDataType(), true)) {
            NDArray copy = typed.duplicate();
            copy.attach(like.getManager());
            return copy;
        }
    }
}
