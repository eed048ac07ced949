package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much one discrete quantity tells of another, estimated from counts: {@code I(a;b) = sum p(a,b) log (p(a,b) /
 * (p(a) p(b)))}, nats. Estimates from N examples are too large by about {@code (A - 1)(B - 1) / 2N} for A by B values
 * (Miller 1955); like disentanglement_lib, nothing is subtracted.
 */
final class MutualInformation {

    /** As in disentanglement_lib's metric_configs/mig.gin. */
    private static final int BINS = 20;

    private MutualInformation() {}

    /** Of each dimension, in bins of one width from its least value to its greatest, and each factor: [D][F]. */
    static double[][] matrix(Representation representation) {
        double[][] matrix = new double[representation.dimensions()][representation.factorCount()];
        for (int d = 0; d < matrix.length; d++) {
            int[] bins = binned(representation.dimension(d));
            Arrays.setAll(matrix[d], f -> between(bins, representation.factor(f)));
        }
        return matrix;
    }

    /** The bin of each value, by NumPy's edges, to which it belongs from below; all in one where they do not differ. */
    static int[] binned(double... values) {
        double least = Arrays.stream(values).min().orElseThrow();
        double width = (Arrays.stream(values).max().orElseThrow() - least) / BINS;
        return Arrays.stream(values)
                .mapToInt(value -> width > 0 ? bin(value, least, width) : 0)
                .toArray();
    }

    private static int bin(double value, double least, double width) {
        return (int) IntStream.range(1, BINS)
                .filter(edge -> least + edge * width <= value)
                .count();
    }

    /** Of two quantities of the same examples, counted from 0; exactly 0 where they are independent. */
    static double between(int[] a, int[] b) {
        int width = 1 + Arrays.stream(b).max().orElseThrow();
        int[] both = new int[a.length];
        Arrays.setAll(both, n -> a[n] * width + b[n]);
        double[] countA = counts(a);
        double[] countB = counts(b);
        double[] countBoth = counts(both);
        return IntStream.range(0, countBoth.length)
                        .filter(cell -> countBoth[cell] > 0)
                        .mapToDouble(cell -> countBoth[cell]
                                * Math.log(countBoth[cell] * a.length / (countA[cell / width] * countB[cell % width])))
                        .sum()
                / a.length;
    }

    private static double[] counts(int... of) {
        double[] counts = new double[1 + Arrays.stream(of).max().orElseThrow()];
        for (int value : of) {
            counts[value]++;
        }
        return counts;
    }

    /** {@code H(a) = I(a;a)}, nats. */
    static double entropy(int... a) {
        return between(a, a);
    }
}
