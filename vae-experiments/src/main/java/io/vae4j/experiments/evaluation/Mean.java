package io.vae4j.experiments.evaluation;

import java.util.Arrays;

/**
 * A mean with its standard error.
 *
 * @param standardError the sample's standard deviation over the root of its size; NaN for a single value
 */
public record Mean(double value, double standardError) {

    /** The mean of some values. */
    public static Mean of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double variance = squares / (values.length - 1.0);
        return new Mean(mean, Math.sqrt(variance / values.length));
    }

    /** The mean of a - b, pair by pair: what two models on the same examples are compared by. */
    public static Mean ofDifferences(double[] a, double[] b) {
        double[] differences = new double[a.length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        return of(differences);
    }
}
