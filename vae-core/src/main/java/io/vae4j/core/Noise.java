package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The source of all randomness of a forward pass; distributions hold none. */
public interface Noise {

    /** Standard normal samples of the shape, with the device, type and owner of {@code like}. */
    NDArray normal(Shape shape, NDArray like);

    /** Uniform samples in [0, 1) of the shape, with the device, type and owner of {@code like}. */
    NDArray uniform(Shape shape, NDArray like);

    /**
     * Noise that is a pure function of (seed, step, stream, position), so that an interrupted run resumes exactly with
     * no generator state to save. Streams keep unrelated uses apart (training, test, figures): within the first 2^24
     * steps, streams 0 to 15 and 16 samples of each, no two samples of a seed are alike; see
     * {@link NoiseScheme#COUNTED}.
     */
    static Noise seeded(long seed, long step, long stream) {
        return NoiseScheme.COUNTED.noise(seed, step, stream);
    }

    /** A 64-bit key for each (seed, step, stream), for generators outside the engine. */
    static long key(long seed, long step, long stream) {
        return NoiseScheme.mix(NoiseScheme.mix(NoiseScheme.mix(seed) ^ step) ^ stream);
    }

    /** Zeros in place of samples: what is drawn from a Gaussian is then its mean. */
    static Noise zero() {
        return ZeroNoise.INSTANCE;
    }

    /** The engine's own generator, for code that calls our blocks by DJL's untyped {@code forward}. */
    static Noise engine() {
        return EngineNoise.INSTANCE;
    }

    /** Replays the arrays in their order; shapes must agree. The arrays stay the caller's. */
    static Noise given(List<NDArray> samples) {
        return new GivenNoise(samples);
    }
}
