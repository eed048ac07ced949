package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A run's model with its latest weights.
 *
 * @param epoch of the weights
 */
record Trained(RunFolder folder, Experiment experiment, int epoch) implements AutoCloseable {

    static Trained open(Path run, Workplace workplace, Consumer<String> narrator)
            throws IOException, InterruptedException {
        DeviceRequest request = workplace.device();
        RunFolder folder = RunFolder.reading(run);
        ImageData data = workplace.data(narrator);
        long seed = folder.manifest().seed();
        Experiment experiment = new Experiment(
                folder.recipe(), data, seed, NativeLibraries.prepareFor(request).device());
        try {
            return new Trained(folder, experiment, folder.restore(experiment));
        } catch (IOException | RuntimeException e) {
            experiment.close();
            throw e;
        }
    }

    @Override
    public void close() {
        experiment.close();
    }
}
