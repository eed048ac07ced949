package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The metrics of this project and of plugins. */
public final class Metrics {

    private Metrics() {}

    /**
     * All of them, ours first.
     *
     * @throws InvalidInput if two have one key
     */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (MetricProvider provider : Services.all(MetricProvider.class)) {
            for (Metric metric : Services.ask(provider, MetricProvider::metrics)) {
                if (!keys.add(metric.key())) {
                    throw new InvalidInput(
                            "there is already a metric " + metric.key(),
                            provider.getClass().getName(),
                            "give it another key");
                }
                all.add(metric);
            }
        }
        return all;
    }
}
