package io.vae4j.experiments.training;

import ai.djl.Device;
import io.vae4j.core.NoiseScheme;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A data set of tiny pictures and a recipe that learns them in no time. */
final class Small {

    static final int SIDE = 6;

    private Small() {}

    static ImageData data() {
        return new ImageData("small", set(200), set(60), new Provenance("test", Map.of()));
    }

    static Recipe recipe(String name, int epochs) {
        return Recipes.find(
                name,
                List.of(
                        "model.network.hidden=[12]",
                        "model.latent=2",
                        // from the mean of such bars there is hardly anything left to learn
                        "model.network.outputBias=as-initialized",
                        "train.batch=32",
                        "train.figureEpochs=[1, 5]",
                        "train.epochs=" + epochs));
    }

    /** Squares of 28 x 28, for networks that want MNIST's size. */
    static ImageData squares(int train, int test) {
        return new ImageData("squares", squareSet(train), squareSet(test), new Provenance("test", Map.of()));
    }

    private static ImageSet squareSet(int count) {
        int side = 28;
        byte[] pixels = new byte[count * side * side];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % ImageSet.CLASSES);
            for (int p = 0; p < side * side; p++) {
                boolean inside = Math.abs(p / side - 14) <= labels[i] && Math.abs(p % side - 14) <= labels[i];
                pixels[i * side * side + p] = (byte) (inside ? 255 : 0);
            }
        }
        return new ImageSet(pixels, labels, count, side, side);
    }

    static Experiment experiment(Recipe recipe, long seed) {
        return new Experiment(recipe, data(), seed, Device.cpu());
    }

    static Manifest manifest(long seed) {
        Manifest.DataSource source = new Manifest.DataSource("small", "test", new TreeMap<>());
        return new Manifest(
                "0",
                "17",
                "0",
                "0",
                "cpu",
                "test",
                1,
                seed,
                "small",
                "VAE",
                Optional.empty(),
                source,
                SIDE * SIDE,
                "2026-01-01T00:00:00Z",
                "test",
                false,
                OptionalDouble.empty(),
                Optional.of(NoiseScheme.COUNTED),
                List.of());
    }

    /** Bars at a row that depends on the label, with gray edges. */
    private static ImageSet set(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            int row = i % SIDE;
            labels[i] = (byte) row;
            for (int column = 0; column < SIDE; column++) {
                pixels[(i * SIDE + row) * SIDE + column] = (byte) (column == 0 ? 128 : 255);
            }
        }
        return new ImageSet(pixels, labels, count, SIDE, SIDE);
    }
}
