package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.training.TrainedModel;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A trained run and examples for it, and whether progress is shown. */
final class RunDataOptions {

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    RunOptions run() {
        return run;
    }

    DataOptions data() {
        return data;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** To whom progress is told. */
    Consumer<String> narrator(Console console) {
        return quiet ? line -> {} : console::tell;
    }

    /** All splits of the data that the run was trained on, or of those that the user names. */
    Dataset dataset(Consumer<String> narrator) {
        return data.ofRun(TrainedModel.recipe(run.folder()), run.folder().manifest(), narrator);
    }
}
