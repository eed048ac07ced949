package io.vae4j.experiments.cli;

import io.vae4j.experiments.Awaited;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Reason;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.figure.FigureFiles;
import io.vae4j.experiments.figure.Subject;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.report.Report;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.LocalSgdRecord;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.Progress;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a recipe into a run folder, or goes on with a run. */
@Command(
        name = "train",
        description = {
            "Trains a recipe and writes a run folder with metrics, checkpoints, pictures and report.html.",
            "The last line on standard output is the run folder."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "a name from 'vae recipes' or a YAML file; default slides")
    private Optional<String> recipe = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "overrides a key, such as model.latent=10; repeatable")
    private List<String> overrides = List.of();

    @Option(names = "--epochs", paramLabel = "N", description = "trains until epoch N")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--pause-after",
            paramLabel = "N",
            description = "pauses after epoch N, if it is not the last; --resume goes on from there")
    private Optional<Integer> pause = Optional.empty();

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description =
                    "sets a share of the training examples aside to validate by, such as 0.1, which early stopping"
                            + " needs; as --set data.validationShare=SHARE")
    private Optional<Double> validation = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of all randomness; default 0")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "the run folder; default runs/RECIPE-TIMESTAMP-sSEED")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR", description = "goes on with the run in this folder")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--changed-recipe",
            description = "with --resume: goes on by the run's recipe.yaml although it was changed, which the manifest"
                    + " then says")
    private boolean changedRecipe;

    @Option(
            names = "--changed-data",
            description = "with --resume: goes on although the run's data are no longer those that it was trained on,"
                    + " which the manifest then says")
    private boolean changedData;

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final WorkerOptions workers = new WorkerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DeviceRequest request = device.request();
        pause.ifPresent(epoch -> OptionChecks.atLeast("--pause-after", 1, epoch, "train"));
        Plan plan = resume.isPresent() ? resumed(resume.get()) : fresh();
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(stop, plan.folder()), "on-signal"));
        Supervisor.ofThisProcess();
        RunFolder folder = plan.folder();
        try (folder;
                Workforce workforce = workers.workforce(plan.method(), plan.name())) {
            // the engine belongs on this thread: it leaves the grad mode of the one that loads it as we need it
            FutureTask<Dataset> loading = new FutureTask<>(() -> load(plan));
            Thread loader = new Thread(loading, "data");
            loader.setDaemon(true);
            loader.start();
            RunDevice ready = NativeLibraries.prepareFor(request);
            Dataset loaded = Awaited.result(loading);
            stop.begin();
            workforce.title().ifPresent(narrator());
            train(plan, loaded, ready, stop, workforce.workers(method -> assignment(plan, loaded, method)));
        } finally {
            stop.ended();
        }
        new Console(spec).answer(plan.folder().path().toString());
        return 0;
    }

    private Dataset load(Plan plan) {
        if (resume.isPresent()) {
            return data.runData(plan.recipe(), plan.folder().manifest(), narrator(), new Console(spec)::tell)
                    .toResume(changedData ? RunData.Others.TAKEN : RunData.Others.REFUSED);
        }
        Dataset loaded = data.load(plan.recipe(), narrator());
        plan.recipe().model().misfit(loaded.summary().event()).ifPresent(reason -> {
            throw new InvalidInput("the recipe does not go with the data", loaded.name(), reason);
        });
        return loaded;
    }

    private WorkerAssignment assignment(Plan plan, Dataset loaded, LocalSgd method) {
        return WorkerAssignment.of(
                plan.recipe(), loaded, data.originals(), plan.randomness(), method, device.request());
    }

    private void train(Plan plan, Dataset loaded, RunDevice ready, StopSignal stop, Workers taking) throws IOException {
        RunFolder folder = plan.folder();
        try (TrainingSession session = TrainingSession.of(
                plan.name(), plan.recipe(), loaded, plan.randomness(), ready, progress(), stop, taking)) {
            narrator().accept(session.title() + ", into " + folder.path());
            if (!loaded.summary().isImage()) {
                narrator()
                        .accept(
                                "examples are no images of one or three channels, so that there are no grids of images");
            }
            pause.ifPresent(session::pausingAfter);
            if (resume.isPresent()) {
                session.resume(folder);
            } else {
                session.start(folder);
            }
            if (!session.isPaused(folder)) {
                narrator().accept("drawing figures for the report");
                draw(session, folder, loaded);
            }
            session.completed(folder);
        } catch (IOException e) {
            throw new IOException(
                    "the run in " + folder.path() + " cannot be written: " + Reason.of(e)
                            + "; what was saved before is whole: " + remedy(e),
                    e);
        }
    }

    private static String remedy(IOException e) {
        String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = Stream.of("no space", "not enough space", "quota").anyMatch(reason::contains);
        return full ? "free the disk and --resume it" : "mend that and --resume it";
    }

    /** Figures that cannot be drawn must not cost what was trained. */
    private void draw(TrainingSession session, RunFolder folder, Dataset loaded) throws IOException {
        try (Subject run = new Subject(folder, session.model(), () -> loaded)) {
            FigureFiles.Drawn drawn = FigureFiles.drawQuick(run);
            drawn.failures().forEach(failure -> new Console(spec).tell("a figure was not drawn: " + failure));
            if (!drawn.names().isEmpty()) {
                Report.write(folder.path());
            }
        } catch (InvalidInput e) {
            new Console(spec).tell("no figures: " + e.getMessage());
        }
    }

    /** What is trained, from which seed, by whom, into which folder. */
    private record Plan(
            String name, Recipe recipe, Randomness randomness, Optional<LocalSgd> method, RunFolder folder) {}

    private Plan fresh() {
        String named = recipe.orElse(Recipes.DEFAULT);
        String name = Recipes.nameOf(named);
        long chosen = seed.orElse(0L);
        Recipe whole = withEpochs(Recipes.find(named, data.before(overrides)));
        Recipe found = validation.map(whole::withValidation).orElse(whole);
        Recipes.requireTrainable(found, named);
        Optional<LocalSgd> method = workers.method(Optional.empty());
        return new Plan(
                name,
                found,
                Randomness.of(chosen),
                method,
                RunFolder.create(out.orElseGet(() -> RunName.claim(name, chosen))));
    }

    private Plan resumed(Path folder) {
        if (recipe.isPresent() || !overrides.isEmpty() || out.isPresent() || validation.isPresent()) {
            throw new InvalidInput(
                    "--resume goes on with the run's own recipe in its own folder",
                    "train",
                    "leave RECIPE, --set, --validation and --out away; --epochs may be given");
        }
        RunFolder run = RunFolder.open(folder);
        try {
            return resumed(run);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private Plan resumed(RunFolder run) {
        Manifest manifest = run.manifest();
        Randomness randomness = Randomness.of(manifest);
        if (seed.isPresent() && seed.get() != randomness.seed()) {
            throw new InvalidInput(
                    "the run has seed " + randomness.seed() + ", not " + seed.get(),
                    run.path().toString(),
                    "leave --seed out when you resume");
        }
        if (run.isRecipeChanged() && !changedRecipe) {
            throw new InvalidInput(
                    "the recipe is not the one that the run wrote",
                    run.recipe().toString(),
                    "restore it, or say --changed-recipe to go on by it as it is");
        }
        // data that the user names are those that the run goes on with, now and when it is resumed again
        Recipe own = data.applied(TrainedModel.recipe(run));
        Recipes.requireTrainable(own, run.recipe().toString());
        return new Plan(manifest.recipe().orElse("recipe"), withEpochs(own), randomness, resumed(manifest), run);
    }

    private Optional<LocalSgd> resumed(Manifest manifest) {
        Optional<LocalSgdRecord> before = manifest.latestLocalSgd();
        Optional<LocalSgd> method = workers.method(before);
        if (!method.map(LocalSgd::recorded).equals(before)) {
            narrator()
                    .accept(
                            "going on by other workers than before: the examples are dealt out anew from the next epoch on");
        }
        return method;
    }

    private Recipe withEpochs(Recipe found) {
        return epochs.map(found::withEpochs).orElse(found);
    }

    private Consumer<String> narrator() {
        return quiet ? line -> {} : new Console(spec)::tell;
    }

    private Progress progress() {
        return quiet ? Progress.silent() : ConsoleProgress.on(spec.commandLine().getErr());
    }

    private void interrupted(StopSignal stop, RunFolder folder) {
        try {
            if (stop.request()) {
                SecondSignal.endsAtOnce();
                new Console(spec).tell("stopping after this step; a second signal ends at once");
                stop.awaitEnd();
                new Console(spec).tell("interrupted; " + remains(folder));
            } else if (!stop.hasEnded()) {
                folder.close();
                new Console(spec).tell("interrupted before the first step; " + remains(folder));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException | InvalidInput e) {
            new Console(spec).tell("interrupted; the run's folder cannot be read: " + e.getMessage());
        }
    }

    private static String remains(RunFolder folder) throws IOException {
        if (!folder.isBegun()) {
            return "nothing was written yet";
        }
        return "./vae train --resume " + folder.path()
                + folder.checkpoints()
                        .latest(Checkpoint.Use.RESUME)
                        .map(found -> " goes on from step "
                                + found.checkpoint().state().step())
                        .orElse(" starts anew, since no step was kept");
    }
}
