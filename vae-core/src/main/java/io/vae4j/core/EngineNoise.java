package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Noise from the engine's own generator, whatever its state. */
enum EngineNoise implements Noise {
    INSTANCE;

    @Override
    public NDArray normal(Shape shape, NDArray like) {
        return like.getManager().randomNormal(0f, 1f, shape, like.getDataType());
    }

    @Override
    public NDArray uniform(Shape shape, NDArray like) {
        return like.getManager().randomUniform(0f, 1f, shape, like.getDataType());
    }
}
