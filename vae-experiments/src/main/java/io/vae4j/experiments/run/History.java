package io.vae4j.experiments.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All measurements of a run, in the order of epochs; an epoch that was measured again (after a resume) counts once. */
public final class History {

    private final Map<Split, NavigableMap<Integer, Measurement>> bySplit = new EnumMap<>(Split.class);

    /** Of two measurements of one epoch and split, the later one stays. */
    public History(List<Measurement> measurements) {
        for (Split split : Split.values()) {
            bySplit.put(split, new TreeMap<>());
        }
        measurements.forEach(m -> of(m.split()).put(m.epoch(), m));
    }

    /** The measurements of a split, by rising epoch. */
    public List<Measurement> measurements(Split split) {
        return List.copyOf(of(split).values());
    }

    /** The measurement of a split's last epoch. */
    public Optional<Measurement> last(Split split) {
        return Optional.ofNullable(of(split).lastEntry()).map(Map.Entry::getValue);
    }

    /** The epoch of the last measurement of any split. */
    public int epochs() {
        return all().stream().mapToInt(Measurement::epoch).max().orElse(0);
    }

    /** Every measurement, by epoch and within it train before test. */
    public List<Measurement> all() {
        List<Measurement> all = new ArrayList<>();
        bySplit.values().forEach(measurements -> all.addAll(measurements.values()));
        all.sort(Comparator.comparingInt(Measurement::epoch).thenComparing(Measurement::split));
        return all;
    }

    /** The keys that any line has, in the order in which they appear. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        all().forEach(measurement -> keys.addAll(measurement.values().keySet()));
        return keys;
    }

    /** Whether there is a finite value of the metric anywhere. */
    public boolean has(Metric metric) {
        return all().stream().anyMatch(m -> m.value(metric).isPresent());
    }

    /** Time of all passes together, in seconds. */
    public double seconds() {
        return all().stream()
                .mapToDouble(m -> m.value(StandardMetrics.SECONDS).orElse(0))
                .sum();
    }

    private NavigableMap<Integer, Measurement> of(Split split) {
        return Objects.requireNonNull(bySplit.get(split), "every split has its measurements");
    }
}
