package io.vae4j.experiments.report;

import java.util.Arrays;

/**
 * A mean of several values, and how far they lie from it.
 *
 * @param deviation the sample's standard deviation, {@code sqrt(sum_i (x_i - mean)^2 / (n - 1))}; NaN for one value
 */
record SampleMoments(double mean, double deviation, int count) {

    static SampleMoments of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new SampleMoments(mean, Math.sqrt(squares / (values.length - 1.0)), values.length);
    }

    /** How far the mean is expected from the one of all such values. */
    double standardError() {
        return deviation / Math.sqrt(count);
    }
}
