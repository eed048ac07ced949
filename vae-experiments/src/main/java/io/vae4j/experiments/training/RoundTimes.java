package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rounds of an epoch cost, as means over them. */
final class RoundTimes {

    private final List<Round> rounds = new ArrayList<>();

    /**
     * What one cost.
     *
     * @param seconds from one state of the model to the next
     * @param localSeconds how long the slowest worker computed
     * @param bytes how many went to the workers and came back
     */
    record Round(double seconds, double localSeconds, long bytes) {}

    void add(Round round) {
        rounds.add(round);
    }

    /** With the means, where there were rounds. */
    Measurement addedTo(Measurement measured) {
        if (rounds.isEmpty()) {
            return measured;
        }
        Map<String, Double> values = new LinkedHashMap<>(measured.values());
        values.put(StandardMetrics.ROUND_SECONDS.key(), mean(Round::seconds));
        values.put(StandardMetrics.LOCAL_SECONDS.key(), mean(Round::localSeconds));
        values.put(StandardMetrics.ROUND_BYTES.key(), mean(Round::bytes));
        return new Measurement(measured.epoch(), measured.step(), measured.split(), values);
    }

    private double mean(ToDoubleFunction<Round> cost) {
        return rounds.stream().mapToDouble(cost).average().orElseThrow();
    }
}
