package io.vae4j.experiments.cli;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.Progress;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains for one epoch on a few random images, so that Java sees the classes that a run needs. The launcher has it
 * write them into an archive ({@code -XX:ArchiveClassesAtExit}), from which later starts take them without parsing.
 */
public final class ClassArchiveWarmUp {

    private static final int IMAGES = 64;
    private static final int SIDE = 28;

    private ClassArchiveWarmUp() {}

    /** Leaves a run in the folder that the only argument names, which must not exist. */
    public static void main(String[] arguments) throws IOException {
        RunDevice ready = NativeLibraries.prepareFor(DeviceRequest.parse("cpu"));
        Recipe recipe = Recipes.find(Recipes.DEFAULT, List.of("train.epochs=1", "train.batch=16"));
        Dataset data = new ArrayDataset("random", images(), images(), new Provenance("random", Map.of()));
        try (RunFolder folder = RunFolder.create(Path.of(arguments[0]));
                TrainingSession session = TrainingSession.of(
                        "warm-up", recipe, data, Randomness.of(0), ready, Progress.silent(), new StopSignal())) {
            session.start(folder);
        }
        VaeCommand.run("recipes");
    }

    private static Examples images() {
        byte[] pixels = new byte[IMAGES * SIDE * SIDE];
        new Random(0).nextBytes(pixels);
        return new Examples(Values.ofBytes(ByteBuffer.wrap(pixels), IMAGES, new Shape(1, SIDE, SIDE)));
    }
}
