package io.vae4j.experiments.evaluation;

import java.util.stream.IntStream;

/**
 * How much of a latent plane is empty between the codes of a model. The rectangle that holds the middle 95 % of the
 * codes along each axis is parted into {@value #FIELDS} x {@value #FIELDS} equal fields, so that neither the scale of
 * the codes nor a few far ones matter; a field without a code is a gap.
 */
public final class LatentGaps {

    /** Along each axis. */
    static final int FIELDS = 20;

    private static final double OUTSIDE = 0.025;

    private LatentGaps() {}

    /**
     * The share of fields without a code, from 0 to 1; it is smaller of more codes.
     *
     * @param codes [N, 2] in row-major order, at least one
     */
    public static double share(float... codes) {
        if (codes.length < 2 || codes.length % 2 != 0) {
            throw new IllegalArgumentException(codes.length + " numbers are not one or more codes of two dimensions");
        }
        Axis across = axis(codes, 0);
        Axis up = axis(codes, 1);
        long filled = IntStream.range(0, codes.length / 2)
                .filter(i -> across.holds(codes[2 * i]) && up.holds(codes[2 * i + 1]))
                .map(i -> up.field(codes[2 * i + 1]) * FIELDS + across.field(codes[2 * i]))
                .distinct()
                .count();
        return 1 - (double) filled / (FIELDS * FIELDS);
    }

    /** What the fields go over along one axis. */
    private record Axis(double from, double to) {

        boolean holds(double value) {
            return value >= from && value <= to;
        }

        int field(double value) {
            return to > from ? Math.min(FIELDS - 1, (int) (FIELDS * (value - from) / (to - from))) : 0;
        }
    }

    private static Axis axis(float[] codes, int dimension) {
        double[] sorted = IntStream.range(0, codes.length / 2)
                .mapToDouble(i -> codes[2 * i + dimension])
                .sorted()
                .toArray();
        int left = (int) (OUTSIDE * sorted.length);
        return new Axis(sorted[left], sorted[sorted.length - 1 - left]);
    }
}
