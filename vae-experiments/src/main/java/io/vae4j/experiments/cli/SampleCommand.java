package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.training.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Samples images from a trained run. */
@Command(
        name = "sample",
        description = {
            "Samples images from a run's model.",
            "Writes samples.png, a grid of the means of p(x|z), and samples.safetensors with the means, the drawn pixels"
                    + " and, of a conditional model, the classes (keys means, pixels, classes). The last line on standard"
                    + " output is the picture's path."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SampleCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "a run folder")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(names = "--count", paramLabel = "N", description = "how many images; default 64")
    private int count = 64;

    @Option(
            names = "--condition",
            paramLabel = "C",
            description = "the class, 0 to 9, of a conditional model; default all in turn")
    private Optional<Integer> condition = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the samples; default 0")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go; default RUN/samples")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final Workplace workplace = new Workplace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.atLeast("--count", 1, count, "sample");
        requireMeaningful(RunFolder.reading(run).recipe());
        Checks.folder(out.orElse(run.resolve("samples")));
        Says says = new Says(spec);
        try (Trained trained = Trained.open(run, workplace, says::tell)) {
            Samples samples = new Samples(trained.experiment(), seed, condition);
            says.answer(samples.write(count, out.orElse(run.resolve("samples"))).toString());
        }
        return 0;
    }

    private void requireMeaningful(Recipe recipe) {
        if (condition.isEmpty()) {
            return;
        }
        if (recipe.data().condition() == ConditionName.NONE) {
            throw new InvalidInput("this model has no condition", run.toString(), "leave --condition away");
        }
        if (condition.get() < 0 || condition.get() >= ImageSet.CLASSES) {
            throw new InvalidInput(
                    "--condition is " + condition.get(), "sample", "give a class from 0 to " + (ImageSet.CLASSES - 1));
        }
    }
}
