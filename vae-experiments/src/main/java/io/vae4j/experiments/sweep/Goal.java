package io.vae4j.experiments.sweep;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Split;
import java.util.Optional;

/**
 * By what a sweep chooses among settings.
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
    double loss(double value) {
        return direction == Direction.MINIMIZE ? value : -value;
    }

    /** What a measurement has of it; NaN where it was not finite. */
    Optional<Double> in(Measurement measured) {
        return Optional.ofNullable(measured.values().get(metric));
    }

    /** As in {@code validation loss}. */
    public String title() {
        return split.label() + " " + metric;
    }
}
