package io.vae4j.experiments.cli;

import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import picocli.CommandLine.Option;

/** With which of a run's weights a command works. */
final class CheckpointOption {

    @Option(
            names = "--checkpoint",
            paramLabel = "last|best|N",
            description = "the weights of the last epoch, of the one that early stopping found best, or after epoch N;"
                    + " default last")
    private String checkpoint = "last";

    /** What the user asks for. */
    CheckpointChoice choice() {
        return CheckpointChoice.parse(checkpoint);
    }

    /** Before work of minutes: refuses what a run has not kept. */
    void require(RunFolder run) throws IOException {
        run.checkpoints().require(choice());
    }
}
