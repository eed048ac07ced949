package io.vae4j.experiments.training;

import ai.djl.engine.Engine;
import io.vae4j.core.Noise;
import io.vae4j.core.NoiseScheme;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.Manifest;
import java.util.Locale;

/**
 * All randomness of a run or of an evaluation.
 *
 * @param scheme that the run began with and goes on with
 */
public record Randomness(long seed, NoiseScheme scheme) {

    /** Of a run that was begun. */
    public static Randomness of(Manifest manifest) {
        return new Randomness(
                manifest.seed()
                        .orElseThrow(() ->
                                new InvalidInput("the manifest does not say the seed", "manifest.json", "restore it")),
                manifest.noise().orElse(NoiseScheme.HASHED));
    }

    /** Of what begins now. */
    public static Randomness of(long seed) {
        return new Randomness(seed, NoiseScheme.COUNTED);
    }

    /** In words, such as {@code seed 3 (counted noise)}. */
    @Override
    public String toString() {
        return "seed " + seed + " (" + scheme.name().toLowerCase(Locale.ROOT) + " noise)";
    }

    /** The noise of one step or portion of a use. */
    public Noise noise(RandomStream stream, long step) {
        return scheme.noise(seed, step, stream.id());
    }

    /** For layers that draw from the engine themselves, such as DJL's Dropout, and for initial weights. */
    void seedEngine(RandomStream stream, long step) {
        int engineSeed = scheme == NoiseScheme.HASHED
                ? (int) Noise.key(seed, step, stream.id())
                : scheme.engineSeed(seed, step, stream.id(), 0);
        Engine.getInstance().setRandomSeed(engineSeed);
    }

    /**
     * The step that keys the noise of a test batch: an epoch's differs between batches.
     *
     * @param from the first example of the batch
     * @param size of all batches but the last
     * @param count of the test set
     */
    long testKey(int epoch, int from, int size, int count) {
        int batches = (count + size - 1) / size;
        return scheme == NoiseScheme.HASHED ? (long) epoch * count + from : (long) epoch * batches + from / size;
    }
}
