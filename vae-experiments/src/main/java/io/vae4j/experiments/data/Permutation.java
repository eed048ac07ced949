package io.vae4j.experiments.data;

import java.util.SplittableRandom;

/** Numbers in random order. */
public final class Permutation {

    private Permutation() {}

    /** The numbers 0..count-1, each order as likely as any other (Fisher and Yates). */
    public static int[] of(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
