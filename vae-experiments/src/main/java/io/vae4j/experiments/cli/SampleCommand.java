package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.evaluation.LatentSource;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.evaluation.representation.CodeMixture;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws examples from a trained run. */
@Command(
        name = "sample",
        description = {
            "Draws examples from a run's model; it needs the run folder alone, and with --from mixture the run's data.",
            "Writes samples.safetensors with the means of p(x|z), the drawn values and, of a conditional model, the classes"
                    + " (keys means, pixels, classes), and where examples are images samples.png, a grid of the means. The"
                    + " last line on standard output is the path of the picture, or of the other file where there is none."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SampleCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Fewer are drawn before anybody asks how far it is. */
    private static final int SILENT = 10_000;

    @Option(names = "--count", paramLabel = "N", description = "how many; default 64")
    private int count = 64;

    @Option(
            names = "--condition",
            paramLabel = "C",
            description = "the class of a conditional model, by name or number; default all in turn")
    private Optional<String> condition = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the samples; default 0")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go; default RUN/samples")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "prior|mixture",
            description =
                    "whence latents are drawn: the model's prior, or a mixture of Gaussians fitted to the codes of"
                            + " the training examples, which are then needed; default prior")
    private LatentOrigin from = LatentOrigin.PRIOR;

    @Option(
            names = "--components",
            paramLabel = "K",
            description = "how many Gaussians are mixed; default " + CodeMixture.COMPONENTS)
    private Optional<Integer> components = Optional.empty();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionChecks.atLeast("--count", 1, count, "sample");
        Path folder = out.orElse(run.path().resolve("samples"));
        OptionChecks.folder(folder);
        components.ifPresent(asked -> OptionChecks.between("--components", 1, CodeMixture.EXAMPLES, asked, "sample"));
        if (components.isPresent() && from != LatentOrigin.MIXTURE) {
            throw new InvalidInput("--components belongs to a mixture", "sample", "add --from mixture");
        }
        if (from != LatentOrigin.MIXTURE) {
            data.refuse("sample", "add --from mixture, or leave it out");
        }
        Console console = new Console(spec);
        InterruptibleWork.run(console, interruptible -> {
            try (TrainedModel trained = run.open()) {
                interruptible.begin();
                console.answer(drawn(trained, folder, interruptible).toString());
            }
        });
        return 0;
    }

    private Path drawn(TrainedModel trained, Path folder, InterruptibleWork interruptible) throws IOException {
        Optional<Integer> chosen = condition.map(trained.view()::conditionClass);
        WorkProgress shown = new WorkProgress(run.path().toString(), "samples", count, new Console(spec));
        return new Samples(trained, seed, chosen, latents(trained))
                .write(count, folder, interruptible.checking(count > SILENT ? shown : done -> {}));
    }

    private LatentSource latents(TrainedModel trained) {
        if (from == LatentOrigin.PRIOR) {
            return LatentSource.PRIOR;
        }
        CodeMixture.incompatibility(trained).ifPresent(reason -> {
            throw new InvalidInput("there is no mixture: " + reason, run.path().toString(), "leave out --from mixture");
        });
        Console console = new Console(spec);
        Dataset loaded =
                data.ofRun(TrainedModel.recipe(run.folder()), run.folder().manifest(), console::tell);
        CodeMixture fitted = CodeMixture.fit(trained, loaded.train(), components.orElse(CodeMixture.COMPONENTS), seed);
        console.tell("a mixture of " + fitted.mixture().components().size() + " Gaussians is fitted to the codes of "
                + fitted.examples() + " training examples");
        return fitted;
    }
}
