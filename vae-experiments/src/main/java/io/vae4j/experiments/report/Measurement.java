package io.vae4j.experiments.report;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of metrics.jsonl.
 *
 * @param values by metric, NaN where the line says that the value was not finite
 */
record Measurement(int epoch, Split split, Map<Metric, Double> values) {

    Measurement {
        values = Map.copyOf(values);
    }

    /** The value, where there is one and it is finite. */
    OptionalDouble value(Metric metric) {
        double value = values.getOrDefault(metric, Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Whether the value was measured and turned out infinite or not a number. */
    boolean diverged(Metric metric) {
        return values.containsKey(metric) && value(metric).isEmpty();
    }

    /** What bounds log p(x): the importance-weighted bound where there is one, the ELBO otherwise. */
    Metric bound() {
        return values.containsKey(Metric.BOUND) ? Metric.BOUND : Metric.ELBO;
    }

    /** Minus the bound of log p(x), where there is one and it is finite. */
    OptionalDouble minusBound() {
        OptionalDouble bound = value(bound());
        return bound.isPresent() ? OptionalDouble.of(-bound.getAsDouble()) : OptionalDouble.empty();
    }
}
