package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Reason;
import io.vae4j.experiments.plugin.Plugins;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.sweep.ClusterProvider;
import io.vae4j.experiments.sweep.LocalBackend;
import io.vae4j.experiments.sweep.RunBackend;
import io.vae4j.experiments.sweep.Sweep;
import io.vae4j.experiments.sweep.SweepFolder;
import io.vae4j.experiments.sweep.SweepProgress;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains many runs of one recipe, and says which settings did best. */
@Command(
        name = "sweep",
        description = {
            "Trains many runs of one recipe: settings from a grid, at random or by successive halving, each with several"
                    + " seeds, so many at a time, a process each. Chooses by the validation examples, and looks at the"
                    + " test examples once, at the end.",
            "The last line on standard output is the sweep's folder, with results.csv, settings.csv and report.html."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SweepCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "a YAML file with recipe, vary, seeds, search; see docs/sweeps.md")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "the sweep's folder; default sweeps/FILE-TIMESTAMP")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR", description = "goes on with the sweep in this folder")
    private Optional<Path> resume = Optional.empty();

    @Option(names = "--retry-failed", description = "with --resume: tries runs again that failed")
    private boolean retryFailed;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "how many runs at a time; default one on each GPU, or as many as cores and memory allow")
    private Optional<Integer> jobs = Optional.empty();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "trains the runs on a cluster of Spark, one in each place for a task: spark://HOST:PORT, yarn, ...")
    private Optional<String> master = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "URI",
            description = "with --master: where all machines keep the runs, on any file system of Hadoop; default the"
                    + " sweep's folder, which they share then")
    private Optional<String> store = Optional.empty();

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (store.isPresent() && master.isEmpty()) {
            throw new InvalidInput("--store is for runs on a cluster", "sweep", "give --master, or leave it out");
        }
        jobs.ifPresent(count -> OptionChecks.between("--jobs", 1, 1024, count, "sweep"));
        StopSignal stop = new StopSignal();
        try (Sweep sweep = resume.isPresent() ? resumed(resume.get()) : begun()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(stop, sweep.folder()), "on-signal"));
            stop.begin();
            train(sweep, stop);
            new Console(spec).answer(sweep.folder().toString());
            return 0;
        } finally {
            stop.ended();
        }
    }

    private void train(Sweep sweep, StopSignal stop) throws IOException, InterruptedException {
        SweepProgress progress = quiet
                ? SweepProgress.silent()
                : ConsoleSweepProgress.on(spec.commandLine().getErr());
        try (RunBackend backend = backend(sweep)) {
            progress.tell(backend.slots().size() + " runs at a time, into " + sweep.folder());
            sweep.run(backend, progress, stop);
        } catch (IOException e) {
            throw new IOException(
                    "the sweep in " + sweep.folder() + " cannot be written: " + Reason.of(e)
                            + "; what was reached is kept: mend that and --resume it",
                    e);
        }
    }

    private RunBackend backend(Sweep sweep) throws IOException {
        OptionalInt asked = jobs.map(OptionalInt::of).orElse(OptionalInt.empty());
        if (master.isEmpty()) {
            List<String> all = Stream.concat(arguments().stream(), plugins()).toList();
            return LocalBackend.of(device.given(), asked, all);
        }
        return Clusters.provider(ClusterProvider.class)
                .connect(new ClusterProvider.Request(
                        master.get(), store, sweep.folder(), device.given(), asked, arguments()));
    }

    private Sweep begun() throws IOException {
        Path given = file.orElseThrow(() -> new InvalidInput(
                "there is neither a file nor --resume", "sweep", "give a sweep's file, see docs/sweeps.md"));
        if (retryFailed) {
            throw new InvalidInput("--retry-failed is for a sweep that was begun", "sweep", "give --resume DIR");
        }
        Sweep.Draft draft = Sweep.draft(given);
        return draft.in(out.orElseGet(() -> RunName.claimSweep(draft.name())), recipe -> completed(recipe, draft));
    }

    /** What can be chosen by is set aside, and the test examples are left alone until the end. */
    private Recipe completed(Recipe recipe, Sweep.Draft draft) {
        Recipe on = data.applied(recipe);
        boolean ownSplit = on.data().validationShare() > 0
                || data.load(on, line -> {}).validation().isPresent();
        return (ownSplit ? on : on.withValidation(draft.spec().validation())).tested(TestedEpochs.NONE);
    }

    private Sweep resumed(Path folder) throws IOException {
        if (file.isPresent() || out.isPresent()) {
            throw new InvalidInput(
                    "--resume goes on with the sweep in its own folder", "sweep", "leave FILE and --out away");
        }
        if (store.isPresent() && !SweepFolder.isSweep(folder)) {
            Clusters.provider(ClusterProvider.class).restore(store.get(), folder);
        }
        Sweep sweep = Sweep.open(folder);
        if (retryFailed) {
            sweep.retryFailed();
        }
        return sweep;
    }

    /** What each run is told besides. */
    private List<String> arguments() {
        return Stream.concat(data.folder().stream(), device.further().stream()).toList();
    }

    /** Of processes on this machine; executors are sent the plugins, on their class path. */
    private static Stream<String> plugins() {
        return Plugins.jars().stream()
                .flatMap(jar -> Stream.of("--plugin", jar.toAbsolutePath().toString()));
    }

    private void interrupted(StopSignal stop, Path folder) {
        try {
            if (stop.request()) {
                SecondSignal.endsAtOnce();
                new Console(spec).tell("stopping all runs after their steps; a second signal ends at once");
                stop.awaitEnd();
                new Console(spec).tell("interrupted; ./vae sweep --resume " + folder + " goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
