package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which examples a classifier learns from and which it is judged by: two thirds and the rest, in random order. */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record Partition(int[] train, int[] test) {

    static Partition of(int count, long seed) {
        int[] order = shuffled(count, new SplittableRandom(seed));
        int train = count - count / 3;
        return new Partition(Arrays.copyOf(order, train), Arrays.copyOfRange(order, train, count));
    }

    /** A permutation of 0..count-1 (Fisher and Yates). */
    static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
