package io.vae4j.core;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Reseeds the engine before each draw, so that no other user of the engine's generator can shift the sequence. */
final class SeededNoise implements Noise {

    private final long key;
    private long position;

    SeededNoise(long seed, long step, long stream) {
        key = Noise.key(seed, step, stream);
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
        // The engine takes 32 bits; the upper half of a mixed word is as good as any.
        Engine.getInstance().setRandomSeed((int) (mix(key ^ position++) >>> 32));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), with the golden-ratio increment in front. */
    static long mix(long z) {
        long word = z + 0x9E3779B97F4A7C15L;
        word = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        word = (word ^ (word >>> 27)) * 0x94D049BB133111EBL;
        return word ^ (word >>> 31);
    }
}
