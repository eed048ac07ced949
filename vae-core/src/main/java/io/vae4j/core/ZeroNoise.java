package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Zeros in place of samples: a dry run must leave the engine's generator as it is. */
enum ZeroNoise implements Noise {
    INSTANCE;

    @Override
    public NDArray normal(Shape shape, NDArray like) {
        return like.getManager().zeros(shape, like.getDataType());
    }

    @Override
    public NDArray uniform(Shape shape, NDArray like) {
        return normal(shape, like);
    }
}
