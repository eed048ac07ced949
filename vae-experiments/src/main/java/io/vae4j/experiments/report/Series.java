package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.run.Measurement;
import java.util.List;
import java.util.OptionalDouble;

/** One line of a chart. */
record Series(String label, Pen pen, List<Point> points) {

    /** A value at an epoch, or a gap there. */
    record Point(int epoch, OptionalDouble value) {}

    /** The course of a metric over one split of a run. */
    static Series of(String label, Pen pen, List<Measurement> measurements, MetricColumn metric) {
        return new Series(
                label,
                pen,
                measurements.stream()
                        .map(m -> new Point(m.epoch(), m.value(metric.key())))
                        .toList());
    }

    /** The points that have a value. */
    List<Point> finite() {
        return points.stream().filter(point -> point.value().isPresent()).toList();
    }
}
