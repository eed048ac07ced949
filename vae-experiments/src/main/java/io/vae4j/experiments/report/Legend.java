package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;

/** The unit and the names of the lines above a chart, in as many rows as they need. */
final class Legend {

    private static final double ROW = 18;
    private static final double BASE = 13;
    private static final double SAMPLE = 20;
    private static final double SPACE = 14;
    private static final double LETTER = 6.6;
    private static final int LONGEST = 40;

    private final List<Markup> parts = new ArrayList<>();
    private double x;
    private double row;

    Legend(String unit, List<Series> series) {
        parts.add(Frame.label(0, BASE, "start", unit));
        x = width(unit) + SPACE;
        series.forEach(this::place);
    }

    List<Markup> draw() {
        return List.copyOf(parts);
    }

    /** The height taken, in pixels. */
    double height() {
        return (row + 1) * ROW;
    }

    private void place(Series series) {
        String name = series.label().length() <= LONGEST
                ? series.label()
                : series.label().substring(0, LONGEST - 1) + "…";
        double needed = SAMPLE + 6 + width(name);
        if (x + needed > Frame.WIDTH && x > 0) {
            x = 0;
            row++;
        }
        double baseline = BASE + row * ROW;
        parts.add(Frame.line(x, baseline - 4, x + SAMPLE, baseline - 4)
                .with("class", "curve " + series.ink().style()));
        parts.add(Frame.label(x + SAMPLE + 6, baseline, "start", name));
        x += needed + SPACE;
    }

    // Fonts differ; an estimate on the generous side only costs a little space.
    private static double width(String text) {
        return text.length() * LETTER;
    }
}
