package io.vae4j.experiments.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * A mean of several values, and how far they lie from it.
 *
 * @param deviation the sample's standard deviation, {@code sqrt(sum_i (x_i - mean)^2 / (n - 1))}; NaN for one value
 */
public record SampleMoments(double mean, double deviation, int count) {

    /** Of at least one value; of none all is NaN. */
    public static SampleMoments of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new SampleMoments(mean, Math.sqrt(squares / (values.length - 1.0)), values.length);
    }

    /** The same where there are values; empty where there are none. */
    static Optional<SampleMoments> ofAny(Collection<Double> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        of(values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** How far the mean is expected from the one of all such values; NaN for one value. */
    public double standardError() {
        return deviation / Math.sqrt(count);
    }

    /**
     * How far from the mean the one of all such values lies at the most, with a confidence of 95 %, if they are normal:
     * {@code t * deviation / sqrt(n)} by Student's t with n - 1 degrees of freedom. Infinite for one value.
     */
    public double margin() {
        return count < 2 ? Double.POSITIVE_INFINITY : StudentT.twoSided95(count - 1) * standardError();
    }
}
