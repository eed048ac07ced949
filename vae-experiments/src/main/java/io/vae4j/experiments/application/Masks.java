package io.vae4j.experiments.application;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Missing;
import io.vae4j.experiments.data.OneExample;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Function;

/**
 * Names of masks: which elements are taken for missing.
 *
 * @param summary of the run's data
 * @param seed of what is missing at random
 * @param reader reads a file of examples of the run's shape
 */
public record Masks(DataSummary summary, long seed, Function<Path, Examples> reader) {

    private static final String KNOWN = "left, right, top, bottom, center, random:SHARE or a file";
    private static final double LARGEST = 0x1p53;

    /**
     * A mask by its name.
     *
     * @param name {@code left}, {@code right}, {@code top}, {@code bottom} or {@code center} for that part of images,
     *     {@code random:0.3} for this share of all elements, or a file of an array or of pictures, where what is not
     *     zero is missing: one for all examples or one for each
     * @throws InvalidInput if it is none of them
     */
    public Missing named(String name) {
        if (name.toLowerCase(Locale.ROOT).startsWith("random:")) {
            return random(name);
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "left" -> image(name, (y, x) -> x < 0.5);
            case "right" -> image(name, (y, x) -> x > 0.5);
            case "top" -> image(name, (y, x) -> y < 0.5);
            case "bottom" -> image(name, (y, x) -> y > 0.5);
            case "center" -> image(name, (y, x) -> Math.abs(y - 0.5) < 0.25 && Math.abs(x - 0.5) < 0.25);
            default -> file(name);
        };
    }

    /** A part of the plane, by the centers of its pixels from 0 to 1. */
    private interface Part {
        boolean holds(double y, double x);
    }

    private Missing image(String name, Part part) {
        Shape event = summary.event();
        if (event.dimension() != 3) {
            throw new InvalidInput(
                    "--mask " + name + " is a part of images, and examples have shape " + event,
                    "impute",
                    "give --mask random:SHARE or a file");
        }
        int height = Math.toIntExact(event.get(1));
        int width = Math.toIntExact(event.get(2));
        return example -> Missing.where(size(), element -> {
            int pixel = element % (height * width);
            int row = pixel / width;
            return part.holds((row + 0.5) / height, (pixel % width + 0.5) / width);
        });
    }

    /** Each element by a number of its own, whatever the others are. */
    private Missing random(String name) {
        double share;
        try {
            share = Double.parseDouble(name.substring(name.indexOf(':') + 1));
        } catch (NumberFormatException e) {
            share = Double.NaN;
        }
        if (!(share > 0 && share <= 1)) {
            throw new InvalidInput("--mask is " + name, "impute", "give a share above 0 and up to 1, as random:0.5");
        }
        double limit = share;
        return example ->
                Missing.where(size(), element -> (Noise.key(seed, example, element) >>> 11) / LARGEST < limit);
    }

    private Missing file(String name) {
        if (!Files.exists(Path.of(name))) {
            throw new InvalidInput("there is no mask and no file " + name, "--mask", "give " + KNOWN);
        }
        Examples masks =
                new OneExample(Path.of(name), summary.event()).examples().orElseGet(() -> reader.apply(Path.of(name)));
        int count = masks.count();
        return example -> notZero(masks.values(), count == 1 ? 0 : requireThere(example, count, name));
    }

    private int size() {
        return Math.toIntExact(summary.event().size());
    }

    /** One mask is in memory at a time: there may be as many as there are examples. */
    private BitSet notZero(Values masks, int place) {
        ByteBuffer mask = ByteBuffer.allocate(masks.exampleBytes()).order(ByteOrder.nativeOrder());
        masks.read(place, mask);
        return Missing.where(
                size(),
                element -> masks.type() == DataType.UINT8
                        ? mask.get(element) != 0
                        : mask.getFloat(element * Float.BYTES) != 0);
    }

    private static int requireThere(int example, int count, String name) {
        if (example >= count) {
            throw new InvalidInput(
                    "there are masks for " + count + " examples, and there are more",
                    name,
                    "give one mask for all, or one for each, or fewer --examples");
        }
        return example;
    }
}
