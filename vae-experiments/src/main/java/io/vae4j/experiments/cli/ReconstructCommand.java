package io.vae4j.experiments.cli;

import io.vae4j.experiments.application.Reconstruction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes what a model makes of examples. */
@Command(
        name = "reconstruct",
        description = {
            "Writes the means of p(x|z) at the centers of q(z|x), in the data's own units.",
            "Columns: mean, and label where examples have classes. A picture (.png) shows the originals, as the model sees"
                    + " them, above their reconstructions. The last line on standard output is the file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReconstructCommand implements Callable<Integer> {

    @Mixin
    private final ApplicationOptions options = new ApplicationOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.ask(Reconstruction::new);
    }
}
