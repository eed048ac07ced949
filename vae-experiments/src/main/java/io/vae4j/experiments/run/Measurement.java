package io.vae4j.experiments.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One line of metrics.jsonl: what was measured over a split after an epoch. An epoch's training line averages over the
 * steps as they were taken.
 *
 * @param epoch from 1
 * @param step the steps taken so far
 * @param values by the metric's key, NaN where the value was not finite
 */
public record Measurement(int epoch, long step, Split split, Map<String, Double> values) {

    /** The keys that say where a measurement belongs. */
    static final Set<String> PLACE = Set.of("epoch", "step", "split");

    public Measurement {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Nothing was measured. */
    public static Measurement none(Split split) {
        return new Measurement(0, 0, split, Map.of());
    }

    /** The value as it was measured; NaN where it was not. */
    public double raw(Metric metric) {
        return values.getOrDefault(metric.key(), Double.NaN);
    }

    /** The value, where there is one and it is finite. */
    public OptionalDouble value(Metric metric) {
        return value(metric.key());
    }

    /** The value under a key, where there is one and it is finite. */
    public OptionalDouble value(String key) {
        double value = values.getOrDefault(key, Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Whether the value was measured and turned out infinite or not a number. */
    public boolean diverged(Metric metric) {
        return values.containsKey(metric.key()) && value(metric).isEmpty();
    }

    /** Minus the bound of log p(x), where there is one: the importance-weighted one or else the ELBO. */
    public OptionalDouble minusBound() {
        OptionalDouble bound = value(bound());
        return bound.isPresent() ? OptionalDouble.of(-bound.getAsDouble()) : OptionalDouble.empty();
    }

    /** What bounds log p(x): the importance-weighted bound where there is one, the ELBO otherwise. */
    public Metric bound() {
        return values.containsKey(StandardMetrics.BOUND.key()) ? StandardMetrics.BOUND : StandardMetrics.ELBO;
    }
}
