package io.vae4j.experiments.report;

/**
 * How a line looks; the colors themselves are in the style sheet, since they differ by light and dark.
 *
 * @param style the classes in the style sheet
 */
record Ink(String style) {

    static final Ink TRAIN = new Ink("train");
    static final Ink TEST = new Ink("test");

    private static final int COLORS = 6;

    /** The n-th of several runs, from 0; when the colors are used up they come again, dashed and then dotted. */
    static Ink run(int n) {
        String pattern = switch (n / COLORS % 3) {
            case 1 -> " dashed";
            case 2 -> " dotted";
            default -> "";
        };
        return new Ink("run" + n % COLORS + pattern);
    }
}
