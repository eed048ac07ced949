package io.vae4j.experiments.cli;

import io.vae4j.experiments.application.Encoding;
import io.vae4j.experiments.cluster.RowQuestion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the codes of examples. */
@Command(
        name = "encode",
        description = {
            "Writes the codes of examples: the mean and the scale of q(z|x), and labels.",
            "Columns: mean (of a flow, whose mean is not known, center), scale (where the posterior has one), scale_tril (of"
                    + " a full covariance), codes (of a VQ-VAE, whole numbers), label (where examples have classes) or"
                    + " factor_NAME (where they were made from factors); of a deep model mean_1, scale_1, ..., from the"
                    + " layer next to the data upwards."
                    + " Where values are made bits, these are drawn by --seed. The last line on standard output is the"
                    + " file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EncodeCommand implements Callable<Integer> {

    @Mixin
    private final ApplicationOptions options = new ApplicationOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return cluster.isAsked() ? cluster.ask(new RowQuestion.Codes()) : options.ask(Encoding::new);
    }
}
