package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One line of a chart. */
record Series(String label, Ink ink, List<Point> points) {

    /** A value at an epoch, or a gap there. */
    record Point(int epoch, OptionalDouble value) {}

    /** The course of a metric over one split of a run. */
    static Series of(String label, Ink ink, List<Measurement> measurements, Metric metric) {
        return new Series(
                label,
                ink,
                measurements.stream()
                        .map(m -> new Point(m.epoch(), m.value(metric)))
                        .toList());
    }

    /** The points that have a value. */
    List<Point> finite() {
        return points.stream().filter(point -> point.value().isPresent()).toList();
    }

    /** The stretches without a gap. */
    List<List<Point>> stretches() {
        List<List<Point>> stretches = new ArrayList<>();
        List<Point> current = new ArrayList<>();
        for (Point point : points) {
            if (point.value().isPresent()) {
                current.add(point);
            } else if (!current.isEmpty()) {
                stretches.add(current);
                current = new ArrayList<>();
            }
        }
        if (!current.isEmpty()) {
            stretches.add(current);
        }
        return stretches;
    }
}
