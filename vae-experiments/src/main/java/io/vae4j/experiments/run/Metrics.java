package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of this project and of plugins. */
public final class Metrics {

    private Metrics() {}

    /**
     * All of them, ours first.
     *
     * @throws InvalidInput if two have one key
     */
    public static List<Metric> all() {
        return with(List.of());
    }

    /**
     * All of them and some that a program brings.
     *
     * @throws InvalidInput if two have one key
     */
    public static List<Metric> with(List<Metric> more) {
        Map<String, Metric> all = new LinkedHashMap<>();
        for (MetricProvider provider : Services.all(MetricProvider.class)) {
            add(
                    all,
                    Services.ask(provider, MetricProvider::metrics),
                    provider.getClass().getName());
        }
        add(all, more, "metrics");
        return List.copyOf(all.values());
    }

    private static void add(Map<String, Metric> all, List<Metric> more, String from) {
        for (Metric metric : more) {
            if (all.putIfAbsent(metric.key(), metric) != null) {
                throw new InvalidInput("there is already a metric " + metric.key(), from, "give it another key");
            }
        }
    }
}
