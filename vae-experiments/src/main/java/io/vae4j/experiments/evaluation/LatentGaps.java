package io.vae4j.experiments.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether the codes of a model lie together or in clusters with gaps between them. Halfway between two codes lies a gap
 * if no code is nearer to that point than 95 % of the codes have their nearest neighbor: a distance in units of the
 * codes themselves, so that models with latents of different extent can be compared.
 */
public final class LatentGaps {

    private static final double USUAL = 0.95;

    private final double[][] codes;
    private final double usual;

    /**
     * @param codes [N, D] in row-major order, at least 2 of them
     * @param dimensions D
     */
    public LatentGaps(float[] codes, int dimensions) {
        if (codes.length < 2 * dimensions || codes.length % dimensions != 0) {
            throw new IllegalArgumentException(
                    codes.length + " numbers are not two or more codes of " + dimensions + " dimensions");
        }
        this.codes = IntStream.range(0, codes.length / dimensions)
                .mapToObj(i -> IntStream.range(0, dimensions)
                        .mapToDouble(d -> codes[i * dimensions + d])
                        .toArray())
                .toArray(double[][]::new);
        double[] nearest = IntStream.range(0, this.codes.length)
                .mapToDouble(i -> nearest(this.codes, this.codes[i], i))
                .sorted()
                .toArray();
        usual = nearest[(int) Math.floor(USUAL * (nearest.length - 1))];
    }

    /**
     * The share of gaps, from 0 to 1, among the points halfway between each code and another that is drawn at random.
     */
    public double share(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long gaps = 0;
        for (int i = 0; i < codes.length; i++) {
            int other = (i + 1 + random.nextInt(codes.length - 1)) % codes.length;
            double[] between = new double[codes[i].length];
            double[] from = codes[i];
            Arrays.setAll(between, d -> (from[d] + codes[other][d]) / 2);
            gaps += nearest(codes, between, codes.length) > usual ? 1 : 0;
        }
        return (double) gaps / codes.length;
    }

    /** The squared distance from the nearest code that is not the one to leave out. */
    private static double nearest(double[][] codes, double[] point, int leftOut) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < codes.length; i++) {
            if (i != leftOut) {
                double sum = 0;
                for (int d = 0; d < point.length; d++) {
                    double difference = codes[i][d] - point[d];
                    sum += difference * difference;
                }
                least = Math.min(least, sum);
            }
        }
        return least;
    }
}
