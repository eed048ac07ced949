package io.vae4j.experiments.cli;

import io.vae4j.core.Memoized;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.cluster.RowQuestion;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.evaluation.EvaluatedRun;
import io.vae4j.experiments.evaluation.EvaluationPlan;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.Codes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures trained runs on the test examples. */
@Command(
        name = "evaluate",
        description = {
            "Measures runs on the first test examples.",
            "The negative log-likelihood by importance sampling with its standard error and effective sample size, active"
                    + " units and KL of each layer. Writes evaluation.json and, with the figure of each example,"
                    + " evaluation.safetensors into each run folder and renews its report, or into --out. On standard"
                    + " output, what further evaluations found, or why they do not apply, a line each; the last lines are"
                    + " a table, with paired differences from the first run."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    private static final int EXAMPLES = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "run folders")
    private List<Path> runs = List.of();

    @Option(names = "--samples", paramLabel = "K", description = "importance samples for each example; default 5000")
    private long samples = 5000;

    @Option(
            names = {"--images", "--examples"},
            paramLabel = "N",
            description = "how many test examples; default 1000, or all if there are fewer")
    private Optional<Integer> examples = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of binarization and samples; default 0")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go; default the run folder")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Mixin
    private final EvaluationOptions further = new EvaluationOptions();

    @Mixin
    private final CheckpointOption checkpoint = new CheckpointOption();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        device.request();
        OptionChecks.between("--samples", 1, OptionChecks.MOST_SAMPLES, samples, "evaluate");
        if (cluster.isAsked()) {
            return cluster.ask(new RowQuestion.Likelihood(samples));
        }
        examples.ifPresent(asked -> OptionChecks.atLeast("--examples", 1, asked, "evaluate"));
        if (out.isPresent() && runs.size() > 1) {
            throw new InvalidInput("--out holds one run's files", "evaluate", "evaluate the runs one by one");
        }
        EvaluationPlan plan = further.plan();
        if (!plan.asksForMore()) {
            runs.forEach(EvaluateCommand::requireDensity);
        }
        for (Path run : runs) {
            checkpoint.require(RunFolder.reading(run));
        }
        runs.forEach(run -> OptionChecks.folder(out.orElse(run)));
        List<EvaluationTable.Row> measured = new ArrayList<>();
        for (Path run : runs) {
            measured.add(new EvaluationTable.Row(run, measure(run, plan)));
        }
        new Console(spec).answer(EvaluationTable.of(measured));
        return 0;
    }

    private EvaluatedRun measure(Path run, EvaluationPlan plan) throws IOException, InterruptedException {
        Console console = new Console(spec);
        RunFolder folder = RunFolder.reading(run);
        try (TrainedModel trained = device.open(run, checkpoint.choice())) {
            RunData.Evaluated on = data.runData(
                            TrainedModel.recipe(folder), folder.manifest(), narrator(), console::tell)
                    .evaluated();
            try (Evaluator evaluator = new Evaluator(trained, on.data().test())) {
                return measure(run, plan, subject(run, evaluator, on.data()), on.examined());
            }
        }
    }

    private EvaluationSubject subject(Path run, Evaluator evaluator, Dataset loaded) {
        return new EvaluationSubject(
                evaluator, loaded, Memoized.of(() -> likelihood(run, evaluator)), seed, narrator());
    }

    private EvaluatedRun measure(Path run, EvaluationPlan plan, EvaluationSubject subject, Provenance examined)
            throws IOException {
        plan.requireApplicable(subject, run.toString());
        Path folder = out.orElse(run);
        EvaluatedRun evaluated = noted(
                        measured(subject, examined),
                        RunFolder.reading(run).manifest(),
                        subject.data().name(),
                        examined)
                .keeping(folder, plan.names());
        // what takes longest comes last, and must not cost what is there
        evaluated.write(folder);
        EvaluatedRun whole = evaluated.with(
                plan.measure(subject, found -> evaluated.with(found).write(folder)));
        Console console = new Console(spec);
        FindingLines.of(run, plan.shown(whole.evaluation().evaluations())).forEach(console::answer);
        console.tell("wrote " + folder.resolve("evaluation.json"));
        if (out.isEmpty()) {
            console.tellReport(run);
        }
        return whole;
    }

    private EvaluatedRun measured(EvaluationSubject subject, Provenance examined) {
        TrainedModel trained = subject.trained();
        return trained.card().density() == Density.NONE
                ? EvaluatedRun.withoutLikelihood(trained, examined, seed)
                : EvaluatedRun.of(subject.likelihood(), trained, examined, seed);
    }

    private LikelihoodEvaluator likelihood(Path run, Evaluator evaluator) {
        int count = Math.min(examples.orElse(EXAMPLES), evaluator.count());
        if (examples.isPresent() && count < examples.get()) {
            new Console(spec).tell("there are only " + count + " test examples");
        }
        if (count < evaluator.count()) {
            narrator().accept("the first " + count + " of " + evaluator.count() + " examples; --examples takes more");
        }
        // a grid of codes is certain: further samples would only repeat it
        long needed = Codes.in(evaluator.trained().model()).isEmpty() ? samples : 1;
        return LikelihoodEvaluator.measure(evaluator, seed, needed, count, progress(run, count));
    }

    /** What says little of the training, such as figures on data of another kind, must not be taken for it later. */
    private static EvaluatedRun noted(EvaluatedRun evaluated, Manifest manifest, String name, Provenance examined) {
        return manifest.latestData()
                .filter(trained -> trained.differsFrom(examined))
                .map(others -> evaluated.noting("on other data than the run's: " + name))
                .orElse(evaluated);
    }

    /** Before the first run is measured, which takes minutes. */
    private static void requireDensity(Path run) {
        if (TrainedModel.recipe(RunFolder.reading(run)).model().density() == Density.NONE) {
            throw new InvalidInput(
                    "the posterior is a point mass, so the model has no bound of log p(x)",
                    run.toString(),
                    "its test loss is in metrics.jsonl; evaluate a model whose posterior has a density, or ask by"
                            + " --with for what needs none, such as linear-probe,knn,mixture,samples");
        }
    }

    private Consumer<String> narrator() {
        return quiet ? line -> {} : new Console(spec)::tell;
    }

    private DoubleConsumer progress(Path run, int count) {
        return quiet ? done -> {} : new WorkProgress(run.toString(), "examples", count, new Console(spec));
    }
}
