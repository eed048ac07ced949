package io.vae4j.experiments.evaluation;

import java.util.stream.IntStream;

/**
 * How evenly images change along a path: the root mean square difference of the pixels of each image from those of the
 * one before.
 *
 * @param mean over the path
 * @param largest of them
 */
public record ImageSteps(double mean, double largest) {

    /**
     * Of images one after another.
     *
     * @param pixels [count, ...X] in row-major order
     * @param count at least 2
     */
    public static ImageSteps along(float[] pixels, int count) {
        int size = pixels.length / count;
        double[] steps = IntStream.range(1, count)
                .mapToDouble(image -> Math.sqrt(IntStream.range(0, size)
                        .mapToDouble(p -> pixels[image * size + p] - pixels[(image - 1) * size + p])
                        .map(difference -> difference * difference)
                        .average()
                        .orElseThrow()))
                .toArray();
        return new ImageSteps(
                IntStream.range(0, steps.length)
                        .mapToDouble(i -> steps[i])
                        .average()
                        .orElseThrow(),
                IntStream.range(0, steps.length)
                        .mapToDouble(i -> steps[i])
                        .max()
                        .orElseThrow());
    }
}
