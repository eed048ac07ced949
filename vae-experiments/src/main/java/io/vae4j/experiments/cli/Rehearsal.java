package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Progress;
import io.vae4j.experiments.training.Run;
import io.vae4j.experiments.training.RunFolder;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains for one epoch on a few random images, so that Java sees the classes that a run needs. The launcher has it
 * write them into an archive ({@code -XX:ArchiveClassesAtExit}), from which later starts take them without parsing.
 */
public final class Rehearsal {

    private static final int IMAGES = 64;
    private static final int SIDE = 28;

    private Rehearsal() {}

    /** LeafParameters a run in the folder that the only argument names, which must not exist. */
    public static void main(String[] arguments) throws IOException {
        RunDevice ready = NativeLibraries.prepareFor(DeviceRequest.parse("cpu"));
        Recipe recipe = Recipes.find(Recipes.DEFAULT, List.of("train.epochs=1", "train.batch=16"));
        ImageData data = new ImageData("random", images(), images(), new Provenance("random", Map.of()));
        try (RunFolder folder = RunFolder.create(Path.of(arguments[0]));
                Experiment experiment = new Experiment(recipe, data, 0, ready.device())) {
            Run run = new Run(experiment, folder, Progress.silent(), new StopSignal());
            run.start(Manifests.of("rehearsal", data, ready, experiment));
        }
        VaeCommand.run("recipes");
    }

    private static ImageSet images() {
        byte[] pixels = new byte[IMAGES * SIDE * SIDE];
        new Random(0).nextBytes(pixels);
        byte[] labels = new byte[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = (byte) (i % ImageSet.CLASSES);
        }
        return new ImageSet(pixels, labels, IMAGES, SIDE, SIDE);
    }
}
