package io.vae4j.experiments.training;

import java.util.SplittableRandom;

/** The order of the training images in an epoch: a function of (seed, epoch), so that a resumed run sees the same. */
public final class Shuffle {

    private Shuffle() {}

    /** A permutation of 0..count-1 (Fisher and Yates). */
    public static long[] of(long seed, int epoch, int count) {
        SplittableRandom random = new SplittableRandom(RandomStream.SHUFFLE.seed(seed, epoch));
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
