package io.vae4j.experiments.cli;

import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.IncompleteExamples;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
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
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    /** What a command does with a model and with examples, once all is there. */
    interface Work {

        /** @return what is on the last line of standard output */
        Path with(BatchInference inference, Asked asked) throws IOException;
    }

    /**
     * What the work is done on.
     *
     * @param examples the examples, of which all may be known
     * @param progress told how many examples are done
     */
    record Asked(IncompleteExamples examples, OutputTarget target, long seed, IntConsumer progress, Console console) {}

    /** Puts complete examples to the model. */
    int answer(Work work) throws IOException, InterruptedException {
        return answer(work, console -> IncompleteExamples.complete(data.asked(folder(), narrator())));
    }

    /** Puts examples to the model of which elements may be missing. */
    int answerIncomplete(Work work) throws IOException, InterruptedException {
        return answer(work, console -> data.incomplete(folder(), narrator()));
    }

    private RunFolder folder() {
        return RunFolder.reading(run);
    }

    private int answer(Work work, Function<Console, IncompleteExamples> loading)
            throws IOException, InterruptedException {
        device.request();
        examples.ifPresent(asked -> OptionChecks.atLeast("--examples", 1, asked, spec.name()));
        OutputTarget target = OutputTarget.at(out);
        Console console = new Console(spec);
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(stop), "on-signal"));
        try {
            IncompleteExamples given = loading.apply(console);
            stop.begin();
            console.answer(answered(work, given, target, stop).toString());
        } catch (StopSignal.Stopped e) {
            console.tell("interrupted; nothing was written");
            throw e;
        } finally {
            stop.ended();
        }
        return 0;
    }

    private Path answered(Work work, IncompleteExamples given, OutputTarget target, StopSignal stop)
            throws IOException, InterruptedException {
        Examples all = given.examples();
        int count = Math.min(
                examples.orElseGet(() -> Math.min(target.format().usual(all.count()), all.count())), all.count());
        try (TrainedModel trained = device.open(run);
                BatchInference inference =
                        BatchInference.of(trained, all, condition.map(trained.view()::conditionClass), count, seed)) {
            if (count < all.count() && !quiet) {
                new Console(spec).tell("the first " + count + " of " + all.count() + " examples");
            }
            IntConsumer shown = quiet ? done -> {} : new ExampleProgress(run.toString(), count, new Console(spec));
            Asked asked = new Asked(
                    given,
                    target,
                    seed,
                    done -> {
                        stop.check();
                        shown.accept(done);
                    },
                    new Console(spec));
            return work.with(inference, asked);
        }
    }

    private java.util.function.Consumer<String> narrator() {
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
