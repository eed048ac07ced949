package io.vae4j.experiments.report;

import java.awt.Color;
import java.util.Locale;

/**
 * The colors of a drawing. What they look like is in the style sheet, since it differs by light and dark; here each is
 * a placeholder that no other color of a drawing equals.
 */
enum Ink {
    SOFT(0),
    RULE(1),
    AXIS(2),
    PAPER(3),
    TRAIN(4),
    TEST(5),
    RUN0(6),
    RUN1(7),
    RUN2(8),
    RUN3(9),
    RUN4(10),
    RUN5(11),
    VALIDATION(12);

    private final int number;

    Ink(int number) {
        this.number = number;
    }

    /** What stands for it until the drawing is done. */
    Color placeholder() {
        return new Color(1, 2, number);
    }

    /** The placeholder as it is written into a drawing. */
    String written() {
        return "rgb(1,2," + number + ")";
    }

    /** The color as the style sheet knows it. */
    String variable() {
        return "var(--" + name().toLowerCase(Locale.ROOT) + ")";
    }
}
