package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.application.Masks;
import io.vae4j.experiments.application.MissingValues;
import io.vae4j.experiments.data.Missing;
import io.vae4j.experiments.inference.ImputationKernel;
import io.vae4j.experiments.inference.ImputationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what may stand where values are missing. */
@Command(
        name = "impute",
        description = {
            "Writes what may stand where pixels or cells are missing, given those that are not.",
            "A Markov chain alternates between z given all values and the missing ones given z. Columns: imputed (their"
                    + " means along the chains), draw (the end of the first chain), standard_deviation, missing, label."
                    + " Missing are cells that are empty and numbers that are NaN in --data, and what --mask says. A"
                    + " picture (.png) shows masked, imputed and drawn examples, and the examples as they are, below each"
                    + " other. The last line on standard output is the file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImputeCommand implements Callable<Integer> {

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            description = "what is missing: left, right, top, bottom or center of images, random:SHARE of all elements,"
                    + " or a file whose elements are not zero there, for all examples or for each")
    private Optional<String> mask = Optional.empty();

    @Option(
            names = "--chain",
            paramLabel = "pseudo-gibbs|metropolis",
            description = "takes q(z|x) for the posterior (Rezende et al. 2014), or for a proposal that is accepted or"
                    + " not (Mattei and Frellsen 2018), exact in the long run; default pseudo-gibbs")
    private String chain = "pseudo-gibbs";

    @Option(names = "--steps", paramLabel = "N", description = "of each chain; default 100")
    private int steps = 100;

    @Option(names = "--burn-in", paramLabel = "N", description = "first steps left out of means; default half of them")
    private Optional<Integer> burnIn = Optional.empty();

    @Option(names = "--chains", paramLabel = "N", description = "for each example; default 1")
    private int chains = 1;

    @Mixin
    private final ApplicationOptions options = new ApplicationOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionChecks.atLeast("--steps", 1, steps, "impute");
        OptionChecks.atLeast("--chains", 1, chains, "impute");
        ImputationKernel.named(chain);
        OptionChecks.between("--burn-in", 0, steps - 1L, burnIn.orElse(steps / 2), "impute");
        return options.incomplete(this::imputed);
    }

    private Path imputed(BatchInference inference, ApplicationOptions.Asked asked) throws IOException {
        ImputationKernel kernel = ImputationKernel.named(chain);
        kernel.incompatibility(inference.trained().model()).ifPresent(reason -> {
            throw new InvalidInput("--chain " + chain + " does not go with this model", "impute", reason);
        });
        ImputationSettings settings = new ImputationSettings(kernel, steps, burnIn.orElse(steps / 2), chains);
        MissingValues question =
                new MissingValues(inference.trained(), missing(inference, asked), settings, options.seed());
        Path written = inference.write(question, asked.target(), asked.progress());
        if (question.acceptance() < 1) {
            asked.console()
                    .tell(String.format(Locale.ROOT, "%.1f %% of proposals accepted", 100 * question.acceptance()));
        }
        return written;
    }

    private Missing missing(BatchInference inference, ApplicationOptions.Asked asked) {
        Masks masks = new Masks(inference.trained().view().summary(), options.seed(), options::file);
        if (mask.isEmpty() && asked.examples().isComplete()) {
            throw new InvalidInput(
                    "nothing is missing", "impute", "give --mask, or --data with cells that are empty or NaN");
        }
        Missing given = asked.examples().missing();
        return mask.map(name -> given.or(masks.named(name))).orElse(given);
    }
}
