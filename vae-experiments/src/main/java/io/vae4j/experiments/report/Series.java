package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.run.Measurement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of a chart.
 *
 * @param label by which it is told
 * @param legend what the legend calls it; empty where it has none of its own
 */
record Series(String label, Optional<String> legend, Pen pen, List<Point> points) {

    /** A line that the legend calls as it is called. */
    Series(String label, Pen pen, List<Point> points) {
        this(label, Optional.of(label), pen, points);
    }

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

    /** The same line under another name in the legend, or under none. */
    Series inLegend(Optional<String> name) {
        return new Series(label, name, pen, points);
    }

    /** The same line, of which no point lies beyond these. */
    Series within(double least, double most) {
        return new Series(
                label,
                legend,
                pen,
                points.stream()
                        .map(point -> new Point(point.epoch(), clipped(point.value(), least, most)))
                        .toList());
    }

    private static OptionalDouble clipped(OptionalDouble value, double least, double most) {
        return value.isPresent() ? OptionalDouble.of(Math.max(least, Math.min(most, value.getAsDouble()))) : value;
    }

    /** The points that have a value. */
    List<Point> finite() {
        return points.stream().filter(point -> point.value().isPresent()).toList();
    }
}
