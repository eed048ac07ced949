package io.vae4j.experiments.drawing;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/** The colors of a drawing: what they look like on light paper, by which a drawing is made, and on dark. */
public enum Ink {
    INK(0x1d2126, 0xe6e5e1),
    SOFT(0x5c646e, 0xa0a6ad),
    RULE(0xe4e5e3, 0x2b2f34),
    AXIS(0x9aa1a9, 0x626a73),
    PAPER(0xfdfdfc, 0x16181b),
    TRAIN(0x8a8378, 0xa39b8d),
    TEST(0x1f5fa8, 0x7fb2ec),
    VALIDATION(0x2e7d4f, 0x74c394),
    RUN0(0x1f5fa9, 0x7fb2ec),
    RUN1(0xc2571a, 0xf0935a),
    RUN2(0x2e7d50, 0x74c394),
    RUN3(0x8e4585, 0xcf93c7),
    RUN4(0x8a7400, 0xd3bb4a),
    RUN5(0x54606e, 0xaab4bf),
    CLASS6(0x0e8c9b, 0x5ecbd8),
    CLASS7(0xb5304b, 0xf07f95),
    CLASS8(0x5b8c1a, 0xa5d162),
    CLASS9(0x6a4fc4, 0xae9cf5),
    /** What stands out of things with an order. */
    BEST(0xc4541a, 0xf0955c),
    /** The best fifth of things with an order; those of the worst are nearest to the paper. */
    FIFTH1(0x123f73, 0xd3e6fb),
    FIFTH2(0x3f78b5, 0x83b2e2),
    FIFTH3(0x7fa5cc, 0x547ea9),
    FIFTH4(0xb3c7da, 0x3b566f),
    FIFTH5(0xd9dfe4, 0x31393f);

    private static final List<Ink> CLASSES =
            List.of(RUN0, RUN1, RUN2, RUN3, RUN4, RUN5, CLASS6, CLASS7, CLASS8, CLASS9);

    /** Of things with an order, from the best fifth to the worst. */
    public static final List<Ink> FIFTHS = List.of(FIFTH1, FIFTH2, FIFTH3, FIFTH4, FIFTH5);

    /** How many classes can be told apart by color. */
    public static final int MOST_CLASSES = CLASSES.size();

    private final int light;
    private final int dark;

    Ink(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    /** That of the n-th class, from 0; they come again when they are used up. */
    public static Ink ofClass(int n) {
        return CLASSES.get(n % CLASSES.size());
    }

    /**
     * That of one of several things in an order.
     *
     * @param place from 0, which is the best
     */
    public static Ink ofRank(int place, int count) {
        return FIFTHS.get(Math.min(FIFTHS.size() - 1, place * FIFTHS.size() / Math.max(1, count)));
    }

    /** How it is drawn. No two inks have one color on light paper, so that a page can tell them apart. */
    public Color color() {
        return new Color(light);
    }

    /** The color as it is written into an SVG. */
    String written() {
        return "rgb(" + (light >> 16) + "," + (light >> 8 & 255) + "," + (light & 255) + ")";
    }

    /** The name of the variable that holds it in a style sheet. */
    public String property() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** On light paper, as style sheets write it. */
    public String light() {
        return String.format(Locale.ROOT, "#%06x", light);
    }

    /** On dark paper, as style sheets write it. */
    public String dark() {
        return String.format(Locale.ROOT, "#%06x", dark);
    }
}
