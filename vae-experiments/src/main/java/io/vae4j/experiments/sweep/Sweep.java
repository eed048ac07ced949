package io.vae4j.experiments.sweep;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Many runs of one recipe in one folder, begun or gone on with.
 *
 * <pre>{@code
 * try (Sweep sweep = Sweep.begin(Path.of("my-sweep.yaml"), Path.of("sweeps/mine"), recipe -> recipe)) {
 *     sweep.run(backend, SweepProgress.silent(), new StopSignal());
 * }
 * }</pre>
 */
public final class Sweep implements AutoCloseable {

    private final SweepFolder folder;
    private final SweepPlan plan;
    private final SweepState state;

    private Sweep(SweepFolder folder, SweepPlan plan, List<Event> events) {
        this.folder = folder;
        this.plan = plan;
        state = new SweepState(plan, plan.epochs(), events);
    }

    /** What a file says of a sweep, before anything is written. */
    public static Draft draft(Path file) {
        return new Draft(file, SweepFile.read(file));
    }

    /**
     * A sweep that was read.
     *
     * @param file where it stands
     */
    public record Draft(Path file, SweepSpec spec) {

        /**
         * Claims a folder for it.
         *
         * @param completion what its recipe has besides, such as data that were named on the command line
         * @throws InvalidInput if keys, values or the metric do not fit the recipe, or the folder is not empty
         */
        public Sweep in(Path folder, UnaryOperator<Recipe> completion) throws IOException {
            SweepPlan plan = SweepPlan.of(spec, recipe(), file.toString(), completion);
            SweepFolder claimed = SweepFolder.create(folder);
            try {
                claimed.write(plan);
                return new Sweep(claimed, plan, List.of());
            } catch (IOException | RuntimeException e) {
                claimed.close();
                throw e;
            }
        }

        /** A name for folders. */
        public String name() {
            return Recipes.nameOf(file.toString());
        }

        /** A file beside the sweep's, where there is one. */
        private String recipe() {
            Path beside = file.resolveSibling(spec.recipe());
            return !Recipes.NAMES.contains(spec.recipe()) && Files.exists(beside) ? beside.toString() : spec.recipe();
        }
    }

    /**
     * The sweep in a folder, to go on with.
     *
     * @throws InvalidInput if there is none, or another process has it
     */
    public static Sweep open(Path folder) throws IOException {
        SweepFolder claimed = SweepFolder.open(folder);
        try {
            Journal journal = claimed.journal();
            journal.mend();
            return new Sweep(claimed, SweepFolder.plan(folder), journal.events());
        } catch (IOException | RuntimeException e) {
            claimed.close();
            throw e;
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder.path();
    }

    /** The recipe that settings are set over. */
    public Recipe base() {
        return plan.recipe(Map.of());
    }

    /** Has runs that failed tried again. */
    public void retryFailed() throws IOException {
        for (SweepState.RunState run : List.copyOf(state.runs())) {
            if (run.failure().isPresent()) {
                add(new Event.Retried(RunRecords.now(), run.name()));
            }
        }
    }

    /**
     * Trains what is to be trained, looks at the test examples of the best, and writes what came out, also where it is
     * stopped or fails.
     *
     * @throws StopSignal.Stopped if somebody asked
     * @throws IOException if the disk refuses
     */
    public void run(RunBackend backend, SweepProgress progress, StopSignal stop)
            throws IOException, InterruptedException {
        folder.keep(backend);
        add(new Event.Opened(
                RunRecords.now(), BuildInfo.version(), backend.slots().size()));
        try {
            new Scheduler(plan, folder, state, backend, progress, stop).run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            writeResultsBeside(e);
            throw e;
        }
        writeResults(folder.path());
        backend.published(folder.path());
    }

    /** What has ended the sweep is to be told, and not what comes of it. */
    private void writeResultsBeside(Exception end) {
        try {
            writeResults(folder.path());
        } catch (IOException | RuntimeException e) {
            end.addSuppressed(e);
        }
    }

    /**
     * Writes anew what came out of a sweep, as far as it has got: results.csv, settings.csv and report.html. The sweep
     * may be under way.
     *
     * @param folder of the sweep
     * @return the page
     * @throws InvalidInput if there is no sweep, or a file of it is garbled
     * @throws IOException if the disk refuses
     */
    public static Path writeResults(Path folder) throws IOException {
        return ResultFiles.writeAll(folder);
    }

    private void add(Event event) throws IOException {
        state.add(folder.journal().add(event));
    }

    @Override
    public void close() {
        folder.close();
    }
}
