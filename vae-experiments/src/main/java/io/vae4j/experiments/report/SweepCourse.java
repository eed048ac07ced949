package io.vae4j.experiments.report;

import java.util.List;
import java.util.Optional;

/**
 * How a sweep was run.
 *
 * @param versions of this program that had it
 * @param slots how many runs at a time, of each process that took the sweep up
 * @param places where its runs were
 * @param started when, as an instant
 * @param wallSeconds from the start of each process that took the sweep up to the last that it wrote, together
 * @param lost how many processes of runs died
 * @param sweep the sweep's file, complete
 * @param base the recipe over which settings are set, complete
 */
public record SweepCourse(
        List<String> versions,
        List<Integer> slots,
        List<String> places,
        Optional<String> started,
        double wallSeconds,
        int lost,
        String sweep,
        String base) {

    public SweepCourse {
        versions = List.copyOf(versions);
        slots = List.copyOf(slots);
        places = List.copyOf(places);
    }
}
