package io.vae4j.experiments.training;

import io.vae4j.core.Noise;

/** Independent uses of randomness within a run; the numbers are part of what makes a run reproducible. */
public enum RandomStream {
    INITIALIZE(0),
    SHUFFLE(1),
    TRAIN_NOISE(2),
    TRAIN_BITS(3),
    TEST_NOISE(4),
    TEST_BITS(5),
    FIGURES(6),
    ENGINE(7),
    EVALUATION_NOISE(8),
    EVALUATION_BITS(9),
    SAMPLES(10),
    GRADIENTS(11),
    VALIDATION_NOISE(12),
    VALIDATION_BITS(13),
    ANNEALING(14);

    private final long id;

    RandomStream(long id) {
        this.id = id;
    }

    /** Its number, from 0 to 15. */
    public long id() {
        return id;
    }

    /** A 64-bit seed for Java's generators. */
    long seed(long seed, long step) {
        return Noise.key(seed, step, id);
    }
}
