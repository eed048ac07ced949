package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;

/** Grids of codes as pictures in color, beside pictures that may be gray. */
final class CodeColors {

    private static final int CHANNELS = 3;

    /** Steps of the golden ratio put neighboring numbers far apart on the circle of hues. */
    private static final double HUES = (Math.sqrt(5) - 1) / 2;

    private CodeColors() {}

    /** Gray images as color ones; color ones as they are, [n, C, H, W] to [n, 3, H, W]. */
    static float[] colored(float[] pixels, Shape event) {
        if (event.get(0) == CHANNELS) {
            return pixels;
        }
        int plane = Math.toIntExact(event.size());
        float[] colored = new float[CHANNELS * pixels.length];
        for (int i = 0; i < colored.length; i++) {
            colored[i] = pixels[i / (CHANNELS * plane) * plane + i % plane];
        }
        return colored;
    }

    /**
     * Grids of codes at the size of images, without blending.
     *
     * @param codes [1, B, ...positions], positions being [h, w] or [w]
     * @return [B, 3, H, W]
     */
    static float[] maps(NDArray codes, Shape event) {
        Shape positions = codes.getShape().slice(2);
        int across = Math.toIntExact(positions.get(positions.dimension() - 1));
        int down = Math.toIntExact(positions.size() / across);
        int width = Math.toIntExact(event.get(2));
        int plane = Math.toIntExact(event.get(1)) * width;
        long[] numbers = codes.toLongArray();
        float[] maps = new float[numbers.length / (across * down) * CHANNELS * plane];
        for (int i = 0; i < maps.length; i++) {
            int image = i / (CHANNELS * plane);
            int row = i % plane / width * down / (plane / width);
            int column = i % width * across / width;
            maps[i] = color(numbers[(image * down + row) * across + column])[i / plane % CHANNELS];
        }
        return maps;
    }

    /** Red, green and blue of a code, 0 to 1. */
    static float[] color(long code) {
        float hue = (float) (code * HUES % 1);
        float brightness = code % 2 == 0 ? 0.95f : 0.65f;
        return new Color(Color.HSBtoRGB(hue, 0.7f, brightness)).getRGBColorComponents(new float[CHANNELS]);
    }
}
