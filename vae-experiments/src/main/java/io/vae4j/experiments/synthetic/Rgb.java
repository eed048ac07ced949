package io.vae4j.experiments.synthetic;

import java.util.List;

/**
 * A color of the screen; each component is a level from 0 to 1.
 *
 * @param red the level of red, and so on
 */
record Rgb(double red, double green, double blue) {

    static final Rgb BLACK = hex(0x000000);
    static final Rgb WHITE = hex(0xFFFFFF);

    private static final double MOST = 255;

    /** As it is written for pages, 0xRRGGBB. */
    static Rgb hex(int code) {
        return new Rgb((code >> 16 & 0xFF) / MOST, (code >> 8 & 0xFF) / MOST, (code & 0xFF) / MOST);
    }

    /**
     * By its place on the color circle.
     *
     * @param hue in turns: red at 0, green at 1/3, blue at 2/3
     * @param saturation 0 for gray, 1 for a pure color
     * @param value the level of the largest component
     */
    static Rgb hue(double hue, double saturation, double value) {
        return new Rgb(
                value * (1 - saturation * missing(hue)),
                value * (1 - saturation * missing(hue - 1.0 / 3)),
                value * (1 - saturation * missing(hue - 2.0 / 3)));
    }

    /** How far a pure color is from having a component in full, by its distance in turns from it on the circle. */
    private static double missing(double turns) {
        double distance = Math.abs(turns - Math.rint(turns));
        return Math.max(0, Math.min(1, 6 * distance - 1));
    }

    /** A color on the way along a list of them, evenly spaced from 0 to 1. */
    static Rgb along(List<Rgb> colors, double place) {
        double at = place * (colors.size() - 1);
        int from = Math.max(0, Math.min((int) at, colors.size() - 2));
        return colors.get(from).towards(colors.get(from + 1), at - from);
    }

    /** This color with a share of another one. */
    Rgb towards(Rgb other, double share) {
        return new Rgb(
                red + share * (other.red - red),
                green + share * (other.green - green),
                blue + share * (other.blue - blue));
    }

    /** With a share of black. */
    Rgb darker(double share) {
        return towards(BLACK, share);
    }

    /** With a share of white. */
    Rgb lighter(double share) {
        return towards(WHITE, share);
    }
}
