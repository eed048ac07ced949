package io.vae4j.experiments.cli;

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
        RunFolder folder = RunFolder.reading(run);
        Experiment experiment =
                workplace.experiment(folder.recipe(), folder.manifest().randomness(), narrator);
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
