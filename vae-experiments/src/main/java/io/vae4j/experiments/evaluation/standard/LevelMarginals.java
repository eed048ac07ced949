package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;

/**
 * The levels of each element of an example by itself, independently of all others: {@code p(v) = (n_v + 1) / (N +
 * 256)}, where n_v of N examples have level v there. A model that says no more than this has seen nothing but the
 * elements' histograms.
 */
final class LevelMarginals {

    private static final int LEVELS = 256;

    private final int[] counts;
    private final int examples;

    private LevelMarginals(int examples, int... counts) {
        this.examples = examples;
        this.counts = counts;
    }

    /** Counts the levels of some examples of bytes. */
    static LevelMarginals of(Values learned) {
        int[] counts = new int[Math.multiplyExact(LEVELS, learned.exampleBytes())];
        ByteBuffer row = ByteBuffer.allocate(learned.exampleBytes());
        for (int i = 0; i < learned.count(); i++) {
            learned.read(i, row.clear());
            for (int d = 0; d < row.capacity(); d++) {
                counts[LEVELS * d + Byte.toUnsignedInt(row.get(d))]++;
            }
        }
        return new LevelMarginals(learned.count(), counts);
    }

    /** {@code -log2 p(x)} of the first examples, by the number of elements: bits per dimension of each. */
    double[] bits(Values held, int count) {
        double[] bits = new double[count];
        ByteBuffer row = ByteBuffer.allocate(held.exampleBytes());
        for (int i = 0; i < count; i++) {
            held.read(i, row.clear());
            double logProb = 0;
            for (int d = 0; d < row.capacity(); d++) {
                int seen = counts[LEVELS * d + Byte.toUnsignedInt(row.get(d))];
                logProb += Math.log((seen + 1) / (double) (examples + LEVELS));
            }
            bits[i] = -logProb / (Math.log(2) * row.capacity());
        }
        return bits;
    }
}
