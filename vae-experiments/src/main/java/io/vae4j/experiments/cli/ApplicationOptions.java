package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.application.Question;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.IncompleteExamples;
import io.vae4j.experiments.data.TableForm;
import io.vae4j.experiments.output.OutputFormat;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that put examples to a run's model have in common, and how they end. */
final class ApplicationOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "a run folder")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "where the answers go, in the format of the name's ending: .npz, .safetensors, .csv or .png; a"
                            + " file that is there is replaced")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "how many, from the first one on; default all, of a picture 64")
    private Optional<Integer> examples = Optional.empty();

    @Option(
            names = "--condition",
            paramLabel = "C",
            description =
                    "the class of all examples for a conditional model, by name or number; default each one's own")
    private Optional<String> condition = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of binarization and samples; default 0")
    private long seed;

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Mixin
    private final CheckpointOption checkpoint = new CheckpointOption();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    /** What a command does with a model and with examples, once all is there. */
    interface Work {

        /** The file, which the last line of standard output names. */
        Path on(BatchInference inference, Asked asked) throws IOException;
    }

    /**
     * What the work is done on.
     *
     * @param examples of which elements may be missing
     * @param target where the answers go
     */
    record Asked(IncompleteExamples examples, OutputTarget target, IntConsumer progress, Console console) {}

    /** Puts a question to the model about each example, or about as many as its picture can show. */
    int ask(Function<TrainedModel, Question> question) throws IOException, InterruptedException {
        return answer(
                OutputFormat::usual,
                this::complete,
                (inference, asked) ->
                        inference.write(question.apply(inference.trained()), asked.target(), asked.progress()));
    }

    /** Works with as many examples as the format is for, of which elements may be missing. */
    int incomplete(Work work) throws IOException, InterruptedException {
        return answer(OutputFormat::usual, () -> data.incomplete(folder(), narrator()), work);
    }

    /** Works with all examples, whatever the format. */
    int all(Work work) throws IOException, InterruptedException {
        return answer((format, count) -> count, this::complete, work);
    }

    private IncompleteExamples complete() {
        return IncompleteExamples.complete(data.asked(folder(), narrator()));
    }

    /** The run. */
    RunFolder folder() {
        return RunFolder.reading(run);
    }

    /** The seed of binarization and samples. */
    long seed() {
        return seed;
    }

    /** Examples of the run's shape in some file; numbers of a table as they stand there. */
    Examples file(Path path) {
        DataSummary form = TrainedModel.summary(folder());
        return data.examples(
                path,
                new DataSummary(
                        form.event(),
                        form.support(),
                        form.classes(),
                        form.table().map(TableForm::asWritten)),
                narrator());
    }

    private int answer(ToCount usual, Supplier<IncompleteExamples> loading, Work work)
            throws IOException, InterruptedException {
        device.request();
        examples.ifPresent(asked -> OptionChecks.atLeast("--examples", 1, asked, spec.name()));
        OutputTarget target = OutputTarget.at(out);
        checkpoint.require(folder());
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(stop), "on-signal"));
        try {
            IncompleteExamples given = loading.get();
            requireValues(given.examples());
            stop.begin();
            int there = given.examples().count();
            int count = Math.min(examples.orElse(usual.of(target.format(), there)), there);
            new Console(spec).answer(answered(work, given, count, target, stop).toString());
        } catch (StopSignal.Stopped e) {
            new Console(spec).tell("interrupted; nothing was written");
            throw e;
        } finally {
            stop.ended();
        }
        return 0;
    }

    /** Values that the model's likelihood, or what becomes of values before it, cannot take. */
    private void requireValues(Examples given) {
        DataSummary form = TrainedModel.summary(folder());
        DataSummary found = new DataSummary(form.event(), given.values().support(), form.classes());
        TrainedModel.recipe(folder()).incompatibility(found).ifPresent(reason -> {
            throw new InvalidInput("the run's model is not for these data", spec.name(), reason);
        });
    }

    /** How many of some examples are asked for where the user does not say it. */
    private interface ToCount {
        int of(OutputFormat format, int there);
    }

    private Path answered(Work work, IncompleteExamples given, int count, OutputTarget target, StopSignal stop)
            throws IOException, InterruptedException {
        Console console = new Console(spec);
        try (TrainedModel trained = device.open(run, checkpoint.choice());
                BatchInference inference = BatchInference.of(
                        trained, given.examples(), condition.map(trained.view()::conditionClass), count, seed)) {
            if (count < given.examples().count()) {
                narrator()
                        .accept("the first " + count + " of " + given.examples().count() + " examples");
            }
            IntConsumer shown = quiet ? done -> {} : new ExampleProgress(run.toString(), count, console);
            return work.on(inference, new Asked(given, target, checking(stop, shown), console));
        }
    }

    private static IntConsumer checking(StopSignal stop, IntConsumer then) {
        return done -> {
            stop.check();
            then.accept(done);
        };
    }

    private Consumer<String> narrator() {
        return quiet ? line -> {} : new Console(spec)::tell;
    }

    /** Lets the batch end and the draft be deleted. */
    private static void interrupted(StopSignal stop) {
        try {
            if (stop.request()) {
                stop.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
