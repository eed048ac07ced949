package io.vae4j.experiments.synthetic;

import java.util.Random;

/**
 * All that a portrait is drawn from. Every part is drawn independently of the others, so that what a model finds to
 * belong together is the model's doing.
 *
 * @param pose how the head is held
 * @param build the measures of the head
 * @param complexion the colors of skin and eyes
 * @param hair its style and color
 * @param expression what the features do
 * @param accessories what is worn
 * @param scene what is around
 */
record Face(
        Pose pose,
        Build build,
        Complexion complexion,
        Hair hair,
        Expression expression,
        Accessories accessories,
        Scene scene) {

    /**
     * @param azimuth by which the head is turned to the viewer's right, in radians
     * @param tilt by which it leans to that side, in radians
     * @param x by how much it is out of the middle
     * @param y by how much it is lower
     */
    record Pose(double azimuth, double tilt, double x, double y) {

        static final double MOST_AZIMUTH = 0.6;
    }

    /**
     * @param width half of it
     * @param height half of it
     * @param eyes half the angle between them, in radians
     * @param nose its length
     */
    record Build(double width, double height, double eyes, double nose) {}

    /**
     * @param skin from 0, light, to 1, dark
     * @param eyes their color, a place in the list of colors
     */
    record Complexion(double skin, int eyes) {}

    /**
     * @param style a place in {@link HairStyle}
     * @param color a place in the list of colors
     * @param lightness of the color, around 0
     * @param beard whether there is one
     */
    record Hair(HairStyle style, int color, double lightness, boolean beard) {}

    /** From none to long, and curls. */
    enum HairStyle {
        BALD,
        SHORT,
        CHIN_LENGTH,
        LONG,
        CURLY
    }

    /**
     * @param smile from -1, a frown, to 1
     * @param open how far the mouth is, from 0 to 1
     * @param brows how far they are raised, from 0 to 1
     * @param gaze to the viewer's right, from -1 to 1
     */
    record Expression(double smile, double open, double brows, double gaze) {}

    /** @param hue of the color of what is worn on the head */
    record Accessories(Glasses glasses, boolean hat, double hue) {}

    /** What is worn over the eyes. */
    enum Glasses {
        NONE,
        GLASSES,
        SUNGLASSES
    }

    /**
     * @param light from where it comes, from -1, the viewer's left, to 1
     * @param hue of the background's color
     * @param brightness of it, from 0 to 1
     * @param angle along which it changes, in radians
     * @param shirt the hue of its color
     */
    record Scene(double light, double hue, double brightness, double angle, double shirt) {}

    static final int EYE_COLORS = 3;
    static final int HAIR_COLORS = 5;

    /** Draws a face. */
    static Face draw(Random random) {
        return new Face(
                new Pose(
                        Pose.MOST_AZIMUTH * symmetric(random),
                        0.16 * symmetric(random),
                        0.06 * symmetric(random),
                        0.05 * symmetric(random)),
                new Build(
                        0.46 + 0.05 * symmetric(random),
                        0.57 + 0.04 * symmetric(random),
                        0.43 + 0.05 * symmetric(random),
                        0.15 + 0.04 * symmetric(random)),
                new Complexion(random.nextDouble(), random.nextInt(EYE_COLORS)),
                new Hair(
                        HairStyle.values()[random.nextInt(HairStyle.values().length)],
                        random.nextInt(HAIR_COLORS),
                        symmetric(random),
                        random.nextInt(4) == 0),
                new Expression(
                        symmetric(random), Math.max(0, symmetric(random)), random.nextDouble(), symmetric(random)),
                new Accessories(glasses(random.nextInt(10)), random.nextInt(5) == 0, random.nextDouble()),
                new Scene(
                        symmetric(random),
                        random.nextDouble(),
                        random.nextDouble(),
                        2 * Math.PI * random.nextDouble(),
                        random.nextDouble()));
    }

    /** Six of ten faces wear none, one wears sunglasses. */
    private static Glasses glasses(int ofTen) {
        return ofTen < 6 ? Glasses.NONE : ofTen < 9 ? Glasses.GLASSES : Glasses.SUNGLASSES;
    }

    private static double symmetric(Random random) {
        return 2 * random.nextDouble() - 1;
    }
}
