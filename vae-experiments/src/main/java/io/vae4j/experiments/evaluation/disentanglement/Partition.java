package io.vae4j.experiments.evaluation.disentanglement;

import io.vae4j.experiments.data.Permutation;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Which examples a classifier learns from and which it is judged by: two thirds and the rest, in random order. */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record Partition(int[] train, int[] test) {

    static Partition of(int count, long seed) {
        int[] order = Permutation.of(count, new SplittableRandom(seed));
        int train = count - count / 3;
        return new Partition(Arrays.copyOf(order, train), Arrays.copyOfRange(order, train, count));
    }
}
