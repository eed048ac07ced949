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
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that put examples to a run's model have in common, and how they end. */
final class ApplicationOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

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

    @Mixin
    private final RunDataOptions given = new RunDataOptions();

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
     * @param counting shows progress
     * @param count how many examples are asked for
     */
    record Asked(IncompleteExamples examples, OutputTarget target, Counting counting, int count, Console console) {

        /** Told how many examples are done. */
        DoubleConsumer progress() {
            return counting.of("examples", count);
        }
    }

    /** Shows progress in work of so many units. */
    interface Counting {

        DoubleConsumer of(String unit, double count);
    }

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
        return answer(OutputFormat::usual, () -> given.data().incomplete(folder(), narrator()), work);
    }

    /** Works with all examples, whatever the format. */
    int all(Work work) throws IOException, InterruptedException {
        return answer((format, count) -> count, this::complete, work);
    }

    private IncompleteExamples complete() {
        return IncompleteExamples.complete(given.data().asked(folder(), narrator()));
    }

    private RunFolder folder() {
        return given.run().folder();
    }

    /** The seed of binarization and samples. */
    long seed() {
        return seed;
    }

    /** Examples of the run's shape in some file; numbers of a table as they stand there. */
    Examples file(Path path) {
        DataSummary form = TrainedModel.summary(folder());
        return given.data()
                .examples(
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
        examples.ifPresent(asked -> OptionChecks.atLeast("--examples", 1, asked, spec.name()));
        OutputTarget target = OutputTarget.at(out);
        given.run().require();
        Console console = new Console(spec);
        InterruptibleWork.run(console, interruptible -> {
            IncompleteExamples loaded = loading.get();
            requireValues(loaded.examples());
            interruptible.begin();
            int there = loaded.examples().count();
            int count = Math.min(examples.orElse(usual.of(target.format(), there)), there);
            console.answer(answered(work, loaded, count, target, interruptible).toString());
        });
        return 0;
    }

    /** Values that the model's likelihood, or what becomes of values before it, cannot take. */
    private void requireValues(Examples loaded) {
        DataSummary form = TrainedModel.summary(folder());
        DataSummary found = new DataSummary(form.event(), loaded.values().support(), form.classes());
        TrainedModel.recipe(folder()).incompatibility(found).ifPresent(reason -> {
            throw new InvalidInput("the run's model is not for these data", spec.name(), reason);
        });
    }

    /** How many of some examples are asked for where the user does not say it. */
    private interface ToCount {
        int of(OutputFormat format, int there);
    }

    private Path answered(
            Work work, IncompleteExamples loaded, int count, OutputTarget target, InterruptibleWork interruptible)
            throws IOException, InterruptedException {
        Console console = new Console(spec);
        try (TrainedModel trained = given.run().open();
                BatchInference inference = BatchInference.of(
                        trained, loaded.examples(), condition.map(trained.view()::conditionClass), count, seed)) {
            if (count < loaded.examples().count()) {
                narrator()
                        .accept("the first " + count + " of "
                                + loaded.examples().count() + " examples");
            }
            Counting counting = (unit, of) -> interruptible.checking(
                    given.isQuiet()
                            ? done -> {}
                            : new WorkProgress(given.run().path().toString(), unit, of, console));
            return work.on(inference, new Asked(loaded, target, counting, count, console));
        }
    }

    private Consumer<String> narrator() {
        return given.narrator(new Console(spec));
    }
}
