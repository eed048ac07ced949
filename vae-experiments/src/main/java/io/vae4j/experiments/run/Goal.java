package io.vae4j.experiments.run;

import java.util.Optional;

/**
 * By what one chooses among runs: a metric, and which way it is better.
 *
 * @param metric its key in metrics.jsonl
 * @param split on which it is measured, never the test split
 */
public record Goal(String metric, Split split, Direction direction) {

    /** Which way a figure is better. */
    public enum Direction {
        MINIMIZE,
        MAXIMIZE
    }

    /** What is to be as low as possible. */
    public double loss(double value) {
        return direction == Direction.MINIMIZE ? value : -value;
    }

    /** What a measurement has of it; NaN where it was not finite. */
    public Optional<Double> in(Measurement measured) {
        return Optional.ofNullable(measured.values().get(metric));
    }

    /** As in {@code validation loss}. */
    public String title() {
        return split.label() + " " + metric;
    }
}
