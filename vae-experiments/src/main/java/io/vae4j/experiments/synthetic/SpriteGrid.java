package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.data.Labels.Factor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All images of one white sprite on black, one for each combination of factor values. They are numbered as the digits
 * of a number are, the last factor fastest.
 *
 * @param size of an image along either side, in pixels; a multiple of 4
 * @param scales how many, evenly from one half to 1
 * @param orientations how many
 * @param turn the angle that orientations divide, in degrees
 * @param positions how many along either axis
 */
record SpriteGrid(int size, int scales, int orientations, int turn, int positions) {

    private static final List<SpriteShape> SHAPES = List.of(SpriteShape.SQUARE, SpriteShape.ELLIPSE, SpriteShape.HEART);

    private static final byte WHITE = (byte) 255;
    private static final double SMALLEST = 0.5;
    /** What the factor values of an image take. */
    private static final int LABEL_BYTES = 64;

    /** What examples are labeled with, in the order of their values. */
    List<Factor> factors() {
        return List.of(
                new Factor("shape", SHAPES.size()),
                new Factor("scale", scales),
                new Factor("orientation", orientations),
                new Factor("x", positions),
                new Factor("y", positions));
    }

    /** How many images there are. */
    long count() {
        return factors().stream().mapToLong(Factor::values).reduce(1, Math::multiplyExact);
    }

    /** The factor values of an image. */
    int[] values(int image) {
        List<Factor> factors = factors();
        int[] values = new int[factors.size()];
        int rest = image;
        for (int f = values.length - 1; f >= 0; f--) {
            values[f] = rest % factors.get(f).values();
            rest /= factors.get(f).values();
        }
        return values;
    }

    /** What all images take in memory, and what is needed to draw them. */
    long bytes() {
        long sprites = count() / ((long) positions * positions);
        return count() * (size * size + LABEL_BYTES) + sprites * (size * size / 2);
    }

    /** Some images as bits, a byte each, [images, size, size]; there is room for them. */
    ByteBuffer render(int... images) {
        byte[] pixels = new byte[Math.multiplyExact(images.length, size * size)];
        Map<Integer, int[]> sprites = new HashMap<>();
        for (int i = 0; i < images.length; i++) {
            int[] values = values(images[i]);
            int center = i * size * size + center(values[4]) * size + center(values[3]);
            for (int offset : sprites.computeIfAbsent(images[i] / (positions * positions), this::sprite)) {
                pixels[center + offset] = WHITE;
            }
        }
        return ByteBuffer.wrap(pixels);
    }

    /** The largest sprite reaches so far from its center, in pixels. */
    private int reach() {
        return size / 4;
    }

    /**
     * How far neighboring positions are apart, in pixels: whole ones, so that a sprite has the same pixels wherever it
     * is.
     */
    int step() {
        return positions == 1 ? 0 : 2 * reach() / (positions - 1);
    }

    /** The corner of pixels on which a sprite is centered, along either axis. */
    private int center(int position) {
        return (size - step() * (positions - 1)) / 2 + step() * position;
    }

    /**
     * A sprite at any position.
     *
     * @param number that its images have, without the position
     * @return the distances of its white pixels in memory from the pixel at the lower right of its center
     */
    private int[] sprite(int number) {
        int[] values = values(number * positions * positions);
        double angle = Math.toRadians(turn * (double) values[2] / orientations);
        return offsets(SHAPES.get(values[0]), scale(values[1]) * reach(), angle);
    }

    private double scale(int value) {
        return scales == 1 ? 1 : SMALLEST + (1 - SMALLEST) * value / (scales - 1);
    }

    private int[] offsets(SpriteShape shape, double radius, double angle) {
        // StrictMath, whose results are the same on every machine
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        int[] offsets = new int[4 * reach() * reach()];
        int white = 0;
        for (int row = -reach(); row < reach(); row++) {
            for (int column = -reach(); column < reach(); column++) {
                double right = column + 0.5;
                double up = -(row + 0.5);
                if (shape.covers(cos * right + sin * up, cos * up - sin * right)) {
                    offsets[white++] = row * size + column;
                }
            }
        }
        return Arrays.copyOf(offsets, white);
    }
}
