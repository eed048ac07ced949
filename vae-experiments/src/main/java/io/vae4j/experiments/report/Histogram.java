package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How values are spread: how many of them lie in each of some equally wide bins from the least to the largest.
 *
 * @param sum of the values
 * @param sumOfSquares of the values
 * @param limits the upper end of each bin
 * @param counts how many values lie in each bin
 */
public record Histogram(
        double least, double largest, double sum, double sumOfSquares, List<Double> limits, List<Double> counts) {

    private static final int BINS = 64;

    public Histogram {
        limits = List.copyOf(limits);
        counts = List.copyOf(counts);
    }

    /** Of those values that are finite; empty where none is. */
    public static Optional<Histogram> of(float[] values) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
            }
        }
        return least <= largest ? Optional.of(of(values, least, largest)) : Optional.empty();
    }

    private static Histogram of(float[] values, double least, double largest) {
        int bins = least == largest ? 1 : BINS;
        List<Double> counts = new ArrayList<>(Collections.nCopies(bins, 0.0));
        double sum = 0;
        double sumOfSquares = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                int bin = bins == 1 ? 0 : (int) Math.min(bins - 1, bins * ((value - least) / (largest - least)));
                counts.set(bin, counts.get(bin) + 1);
                sum += value;
                sumOfSquares += (double) value * value;
            }
        }
        List<Double> limits = new ArrayList<>();
        for (int bin = 1; bin < bins; bin++) {
            limits.add(least + bin * ((largest - least) / bins));
        }
        limits.add(largest);
        return new Histogram(least, largest, sum, sumOfSquares, limits, counts);
    }

    /** How many values there are. */
    public double count() {
        return counts.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** As TensorBoard's HistogramProto. */
    ProtoMessage message() {
        return new ProtoMessage()
                .float64(1, least)
                .float64(2, largest)
                .float64(3, count())
                .float64(4, sum)
                .float64(5, sumOfSquares)
                .float64s(6, limits)
                .float64s(7, counts);
    }
}
