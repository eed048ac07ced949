package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A data set of tiny pictures and a recipe that learns them in no time. */
public final class Small {

    public static final int SIDE = 6;
    private static final int CLASSES = 10;
    private static final Provenance NOWHERE = new Provenance("test", Map.of());

    private Small() {}

    public static Dataset data() {
        return data("small", bars(200), bars(60));
    }

    public static Dataset data(String name, Examples train, Examples test) {
        return new ArrayDataset(name, train, test, NOWHERE);
    }

    public static Recipe recipe(String name, int epochs, String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "model.network.hidden=[12]",
                "model.latent=2",
                // from the mean of such bars there is hardly anything left to learn
                "model.network.outputBias=as-initialized",
                "train.batch=32",
                "train.figureEpochs=[1, 5]",
                "train.epochs=" + epochs));
        all.addAll(List.of(overrides));
        return Recipes.find(name, all);
    }

    public static TrainingSession session(Recipe recipe, long seed) {
        return session(recipe, data(), seed);
    }

    public static TrainingSession session(Recipe recipe, Dataset data, long seed) {
        return TrainingSession.of(recipe, data, seed, Device.cpu());
    }

    /** One that tells how it goes. */
    static TrainingSession session(Recipe recipe, long seed, Progress progress) {
        return TrainingSession.of(
                "recipe",
                recipe,
                data(),
                Randomness.of(seed),
                RunDevice.chosen(Device.cpu()),
                progress,
                new StopSignal());
    }

    /** Squares of 28 x 28, black and white, for networks that want MNIST's size. */
    public static Dataset squares(int train, int test) {
        return data("squares", squares(train), squares(test));
    }

    private static Examples squares(int count) {
        int side = 28;
        byte[] pixels = new byte[count * side * side];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
            for (int p = 0; p < side * side; p++) {
                boolean inside = Math.abs(p / side - 14) <= labels[i] && Math.abs(p % side - 14) <= labels[i];
                pixels[i * side * side + p] = (byte) (inside ? 255 : 0);
            }
        }
        Values values = Values.ofBits(ByteBuffer.wrap(pixels), count, new Shape(1, side, side));
        return new Examples(values, Labels.numbered(CLASSES, labels));
    }

    /** Bars at a row that depends on the label, with gray edges. */
    private static Examples bars(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % SIDE;
            for (int column = 0; column < SIDE; column++) {
                pixels[(i * SIDE + labels[i]) * SIDE + column] = (byte) (column == 0 ? 128 : 255);
            }
        }
        return examples(pixels, SIDE, labels);
    }

    static Examples examples(byte[] pixels, int side, int... labels) {
        Values values = Values.ofBytes(ByteBuffer.wrap(pixels), labels.length, new Shape(1, side, side));
        return new Examples(values, Labels.numbered(CLASSES, labels));
    }
}
