package io.vae4j.experiments.cli;

import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A trained run, with which of its weights and on which device a command works. */
final class RunOptions {

    @Parameters(paramLabel = "RUN", description = "a run folder")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Mixin
    private final CheckpointOption checkpoint = new CheckpointOption();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    /** Where it is, as the user says it. */
    Path path() {
        return run;
    }

    RunFolder folder() {
        return RunFolder.reading(run);
    }

    /** Before work of minutes: refuses a device that there cannot be, and weights that the run has not kept. */
    void require() throws IOException {
        device.request();
        checkpoint.require(folder());
    }

    /** The model, which belongs to the caller. */
    TrainedModel open() throws IOException, InterruptedException {
        return device.open(run, checkpoint.choice());
    }
}
