package io.vae4j.core;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Noise that reseeds the engine before each sample, so that no other user of the engine's generator can shift the
 * sequence.
 */
final class SeededNoise implements Noise {

    private final NoiseScheme scheme;
    private final long seed;
    private final long step;
    private final long stream;
    private long position;

    SeededNoise(NoiseScheme scheme, long seed, long step, long stream) {
        this.scheme = scheme;
        this.seed = seed;
        this.step = step;
        this.stream = stream;
    }

    @Override
    public NDArray normal(Shape shape, NDArray like) {
        reseed();
        return EngineNoise.INSTANCE.normal(shape, like);
    }

    @Override
    public NDArray uniform(Shape shape, NDArray like) {
        reseed();
        return EngineNoise.INSTANCE.uniform(shape, like);
    }

    private void reseed() {
        Engine.getInstance().setRandomSeed(scheme.engineSeed(seed, step, stream, position++));
    }
}
