package io.vae4j.experiments.cli;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.evaluation.gradients.GradientStudy;
import io.vae4j.experiments.evaluation.gradients.Quality;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints how good each gradient estimator is on a trained run or on a recipe at its start. */
@Command(
        name = "gradients",
        description = {
            "Measures the gradient estimators of the importance-weighted bound against k.",
            "Bias (relative to the length of the reparameterized mean, with what sampling error alone would show),"
                    + " variance, signal-to-noise ratio."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GradientsCommand implements Callable<Integer> {

    /** Of each; what they take together is bounded by memory and patience. */
    private static final int MOST = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN|RECIPE",
            description = "a run folder, a name from 'vae recipes' or a YAML file; default vae")
    private String subject = "vae";

    @Option(names = "--samples", split = ",", paramLabel = "K", description = "the numbers of samples; default 1,5,50")
    private List<Integer> samples = List.of(1, 5, 50);

    @Option(names = "--repeats", paramLabel = "N", description = "gradients per estimator; default 100")
    private int repeats = 100;

    @Option(
            names = {"--images", "--examples"},
            paramLabel = "N",
            description = "examples that a gradient is the mean of; default 16")
    private int images = 16;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key of a recipe; repeatable")
    private List<String> overrides = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of a recipe's start; default 0")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private final CheckpointOption checkpoint = new CheckpointOption();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        device.request();
        checkpoint.choice();
        OptionChecks.between("--repeats", 2, MOST, repeats, "gradients");
        OptionChecks.between("--images", 1, MOST, images, "gradients");
        samples.forEach(k -> OptionChecks.between("--samples", 1, MOST, k, "gradients"));
        if (!Files.exists(Path.of(subject)) && !Recipes.NAMES.contains(subject)) {
            throw new InvalidInput(
                    "there is no run, recipe or file '" + subject + "'",
                    "gradients",
                    Nearest.hint(subject, Recipes.NAMES) + "give a run's folder, a recipe's name or a YAML file");
        }
        if (Files.isDirectory(Path.of(subject))) {
            studyRun(Path.of(subject));
        } else {
            studyStart(Recipes.find(subject, overrides));
        }
        return 0;
    }

    private void studyRun(Path run) throws IOException, InterruptedException {
        if (!overrides.isEmpty() || seed.isPresent()) {
            throw new InvalidInput("a run has its own recipe and seed", "gradients", "leave --set and --seed away");
        }
        RunFolder folder = RunFolder.reading(run);
        checkpoint.require(folder);
        Recipe recipe = TrainedModel.recipe(folder);
        requireDensity(recipe);
        Randomness randomness = Randomness.of(folder.manifest());
        Examples train =
                data.ofRun(recipe, folder.manifest(), new Console(spec)::tell).train();
        try (TrainedModel trained = device.open(run, checkpoint.choice());
                NDManager owner = trained.newManager()) {
            DeviceExamples examples = new DeviceExamples(owner, train, trained.view());
            int count = Math.min(images, examples.count());
            Function<NDManager, Minibatch> first =
                    batch -> examples.range(batch, 0, count, randomness.noise(RandomStream.FIGURES, 1));
            study(new GradientStudy(trained, first, randomness.seed(), repeats), "after epoch " + trained.epoch());
        }
    }

    private void studyStart(Recipe recipe) throws IOException, InterruptedException {
        requireDensity(recipe);
        long chosen = seed.orElse(0L);
        Recipe applied = data.applied(recipe);
        Dataset loaded = data.load(applied, new Console(spec)::tell);
        RunDevice ready = device.ready();
        try (TrainingSession session = TrainingSession.of(applied, loaded, chosen, ready.device())) {
            Function<NDManager, Minibatch> first = batch -> session.firstExamples(batch, images);
            study(new GradientStudy(session.model(), first, chosen, repeats), "at its start");
        }
    }

    private void requireDensity(Recipe recipe) {
        recipe.model()
                .density()
                .incompatibility(Density.ANYWHERE, "the study of gradients")
                .ifPresent(reason -> {
                    throw new InvalidInput(reason, subject, "take a model with Gaussian posteriors, such as vae");
                });
    }

    private void study(GradientStudy study, String state) {
        new Console(spec).tell(subject + " " + state + ", " + images + " examples, " + repeats + " repeats");
        print(study);
    }

    private void print(GradientStudy study) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("    k  group    estimator                   |mean|     bias  (noise)   variance       snr");
        for (int k : samples) {
            WorkProgress shown = new WorkProgress("gradients, k = " + k, "repeats", repeats, new Console(spec));
            for (Quality row : study.measure(k, shown)) {
                out.println(String.format(
                        Locale.ROOT,
                        "%5d  %-7s  %-22s  %10.4g  %7.3f  (%5.3f)  %9.4g  %8.4f",
                        row.samples(),
                        row.group().name().toLowerCase(Locale.ROOT),
                        row.estimator(),
                        row.norm(),
                        row.bias(),
                        row.biasNoise(),
                        row.variance(),
                        row.signalToNoise()));
            }
            out.flush();
        }
    }
}
