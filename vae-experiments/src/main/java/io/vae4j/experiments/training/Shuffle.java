package io.vae4j.experiments.training;

import io.vae4j.experiments.data.Permutation;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The order of the training images in an epoch: a function of (seed, epoch), so that a resumed run sees the same. */
public final class Shuffle {

    private Shuffle() {}

    /** A permutation of 0..count-1. */
    public static long[] of(long seed, int epoch, int count) {
        SplittableRandom random = new SplittableRandom(RandomStream.SHUFFLE.seed(seed, epoch));
        return Arrays.stream(Permutation.of(count, random)).asLongStream().toArray();
    }
}
