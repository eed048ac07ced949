package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.Mnist;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Randomness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of every command that computes: on which device, with which data. */
final class Workplace {

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, gpu or gpu:N; default auto")
    private String device = "auto";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "a folder with the four MNIST files, raw or .gz")
    private Optional<Path> dataDir = Optional.empty();

    DeviceRequest device() {
        return DeviceRequest.parse(device);
    }

    /** The model of a recipe at its start, with its data; it belongs to the caller. */
    Experiment experiment(Recipe recipe, Randomness randomness, Consumer<String> narrator)
            throws IOException, InterruptedException {
        DeviceRequest request = device();
        ImageData data = data(narrator);
        return new Experiment(
                recipe, data, randomness, NativeLibraries.prepareFor(request).device());
    }

    ImageData data(Consumer<String> narrator) {
        return Mnist.load(dataDir, CacheFolder.ofProcess().path(), narrator);
    }
}
