package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The plane of a chart: axes, ticks, grid lines, and where values lie on it, in pixels.
 *
 * @param top where the plane begins, below the legend
 */
record Frame(EpochAxis epochs, Axis values, double top) {

    /** The whole drawing's width; about that of a telephone, so that its letters keep their size there. */
    static final double WIDTH = 340;

    private static final double LEFT = 44;
    private static final double RIGHT = WIDTH - 14;
    private static final double PLANE_HEIGHT = 180;
    private static final double FOOT = 40;

    double x(double epoch) {
        return LEFT + epochs.fraction(epoch) * (RIGHT - LEFT);
    }

    double y(double value) {
        return bottom() - values.fraction(value) * PLANE_HEIGHT;
    }

    /** The whole drawing's height. */
    double height() {
        return bottom() + FOOT;
    }

    /** Grid, axis and the numbers beside them. */
    List<Markup> draw() {
        List<Markup> parts = new ArrayList<>();
        for (double tick : values.ticks()) {
            parts.add(line(LEFT, y(tick), RIGHT, y(tick)).with("class", "rule"));
            parts.add(label(LEFT - 8, y(tick) + 4, "end", Wording.tick(tick, values.step())));
        }
        parts.add(line(LEFT, bottom(), RIGHT, bottom()).with("class", "axis"));
        for (int tick : epochs.ticks()) {
            parts.add(line(x(tick), bottom(), x(tick), bottom() + 4).with("class", "axis"));
            parts.add(label(x(tick), bottom() + 17, "middle", Integer.toString(tick)));
        }
        parts.add(label((LEFT + RIGHT) / 2, bottom() + 34, "middle", epochs.name()));
        return parts;
    }

    private double bottom() {
        return top + PLANE_HEIGHT;
    }

    static Markup.Element line(double x1, double y1, double x2, double y2) {
        return Markup.element("line")
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2);
    }

    /** Text at a point, which is its {@code anchor}: start, middle or end. */
    static Markup.Element label(double x, double y, String anchor, String text) {
        return Markup.element("text", text).with("x", x).with("y", y).with("text-anchor", anchor);
    }
}
