package io.vae4j.experiments.drawing;

import java.util.List;

/** Points of one kind, such as the codes of one class. */
public record Cloud(String label, Ink ink, List<Point> points) {

    public Cloud {
        points = List.copyOf(points);
    }

    /** A place on the plane. */
    public record Point(double x, double y) {}
}
