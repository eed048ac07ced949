package io.vae4j.experiments.drawing;

import java.util.List;

/** One line of a chart, with an interval around each point where there is one. */
public record Curve(String label, Pen pen, List<Point> points) {

    public Curve {
        points = List.copyOf(points);
    }

    /**
     * A point, with the ends of its interval.
     *
     * @param low y where there is no interval
     * @param high y where there is no interval
     */
    public record Point(double x, double y, double low, double high) {

        /** A point without an interval. */
        public Point(double x, double y) {
            this(x, y, y, y);
        }
    }
}
