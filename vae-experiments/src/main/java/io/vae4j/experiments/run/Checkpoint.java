package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Reason;
import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.run.TensorFile.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder with the model, the optimizers' moments and the position of a run. It appears whole or not at all, and its
 * files are checked against the checksums in state.json before they are parsed.
 */
public final class Checkpoint {

    private static final String MODEL = "model.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String AVERAGED = "averaged.safetensors";
    private static final String METRICS = "metrics.safetensors";
    private static final String STATE = "state.json";

    /** Behind the name while it is written. */
    static final String DRAFT = ".tmp";

    private final Path folder;

    /** @param folder be it there or not */
    public Checkpoint(Path folder) {
        this.folder = folder;
    }

    /**
     * Where a run stood.
     *
     * @param format of the checkpoint, 1; empty in those of before it was written down
     * @param epoch epochs done
     * @param step steps done
     * @param files SHA-256 of the other files, by name
     * @param examples how many of the next epoch's examples are measured; empty between two epochs
     * @param skippedSteps how many of its steps were left out, if any
     * @param metrics whose sums it holds, in their order; empty in those of before it was written down
     * @param firstLoss what the run's first loss was, where it is known
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(
            Optional<Integer> format,
            int epoch,
            long step,
            long seed,
            Map<String, String> files,
            Optional<Long> examples,
            Optional<Long> skippedSteps,
            List<String> metrics,
            Optional<Double> firstLoss) {

        static final int FORMAT = 1;

        public State {
            format = format == null ? Optional.empty() : format;
            files = files == null ? Map.of() : files;
            examples = examples == null ? Optional.empty() : examples;
            skippedSteps = skippedSteps == null ? Optional.empty() : skippedSteps;
            metrics = metrics == null ? List.of() : metrics;
            firstLoss = firstLoss == null ? Optional.empty() : firstLoss.filter(Double::isFinite);
        }

        /** What is measured of an epoch that is not over. */
        public Optional<Counts> counts() {
            return examples.map(measured -> new Counts(measured, skippedSteps.orElse(0L)));
        }

        /** What the weights are in that the run evaluates. */
        private String evaluated() {
            return files.containsKey(AVERAGED) ? AVERAGED : MODEL;
        }
    }

    /** For what a checkpoint is wanted. */
    public enum Use {
        /** To look at the model: its weights must be whole. */
        EVALUATE,
        /** To train on: all must be. */
        RESUME
    }

    /**
     * What a checkpoint holds, by names.
     *
     * @param model parameters
     * @param optimizer moments
     * @param averaged parameters, some of them as moving averages; in a run that evaluates these
     * @param begun what is measured of an epoch that is not over
     * @param firstLoss of the run, from which on its growth is looked at
     */
    public record Content(
            Map<String, NDArray> model,
            Map<String, NDArray> optimizer,
            Optional<Map<String, NDArray>> averaged,
            Optional<Begun> begun,
            Optional<Double> firstLoss) {}

    /**
     * An epoch that is not over.
     *
     * @param sums of its metrics, by names
     * @param metrics the keys of those that are summed in one array, in their order
     */
    public record Begun(Map<String, NDArray> sums, List<String> metrics, Counts counts) {}

    /**
     * How much of an epoch is measured.
     *
     * @param examples in the sums
     * @param skippedSteps which are not
     */
    public record Counts(long examples, long skippedSteps) {}

    /** Writes the checkpoint beside its place and moves it there. */
    public void save(int epoch, long step, long seed, Content content) throws IOException {
        Path draft = AtomicFiles.emptyFolder(folder.resolveSibling(folder.getFileName() + DRAFT));
        Map<String, String> files = new TreeMap<>();
        files.put(MODEL, write(draft.resolve(MODEL), content.model()));
        files.put(OPTIMIZER, write(draft.resolve(OPTIMIZER), content.optimizer()));
        if (content.averaged().isPresent()) {
            files.put(
                    AVERAGED, write(draft.resolve(AVERAGED), content.averaged().get()));
        }
        if (content.begun().isPresent()) {
            files.put(
                    METRICS, write(draft.resolve(METRICS), content.begun().get().sums()));
        }
        Optional<Counts> counts = content.begun().map(Begun::counts);
        State state = new State(
                Optional.of(State.FORMAT),
                epoch,
                step,
                seed,
                files,
                counts.map(Counts::examples),
                counts.map(Counts::skippedSteps).filter(skipped -> skipped > 0),
                content.begun().map(Begun::metrics).orElse(List.of()),
                content.firstLoss());
        AtomicFiles.writeThrough(draft.resolve(STATE), RunJson.write(state));
        AtomicFiles.replaceFolder(draft, folder);
    }

    /**
     * Where the run stood.
     *
     * @throws InvalidInput if that cannot be read
     */
    public State state() {
        try {
            return checkedState();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private State checkedState() throws IOException {
        State state = RunJson.read(new RunFiles(folder), STATE, State.class)
                .orElseThrow(() -> new IOException(STATE + " is missing"));
        int format = state.format().orElse(State.FORMAT);
        if (format > State.FORMAT) {
            throw new IOException(STATE + " has format " + format + ", of a later version of vae4j");
        }
        String expected = state.examples().isPresent()
                ? Checkpoints.name(state.epoch(), state.step())
                : Checkpoints.name(state.epoch());
        if (!folder.endsWith(expected) || state.step() < 0) {
            throw new IOException(STATE + " is that of epoch " + state.epoch() + ", step " + state.step());
        }
        return state;
    }

    /**
     * What is wrong with it, with its name; empty where its files are as they were written.
     *
     * @param misfit why a run cannot go on from such a state, if it cannot
     */
    Optional<String> damage(Use use, Function<State, Optional<String>> misfit) {
        String name = String.valueOf(folder.getFileName());
        try {
            State state = checkedState();
            List<String> needed = use == Use.RESUME
                    ? Stream.concat(Stream.of(MODEL, OPTIMIZER), state.files().keySet().stream())
                            .distinct()
                            .toList()
                    : List.of(state.evaluated());
            for (String file : needed) {
                requireAsWritten(file, sha256(file), state);
            }
            return misfit.apply(state).map(why -> name + ": " + why);
        } catch (InvalidInput e) {
            return Optional.of(name + ": " + e.getMessage());
        } catch (IOException e) {
            return Optional.of(name + ": " + Reason.of(e));
        }
    }

    private String sha256(String file) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return Sha256.of(in);
        }
    }

    private static void requireAsWritten(String file, String sha256, State state) throws IOException {
        if (!sha256.equals(state.files().get(file))) {
            throw new IOException(file + " does not have the SHA-256 that " + STATE + " names");
        }
    }

    /** Copies the parameters that the run evaluates, averaged or not, into arrays of the same names and shapes. */
    public void loadEvaluated(NDManager parent, Map<String, NDArray> into) {
        load(state().evaluated(), parent, into, Numbers.FINITE);
    }

    /** Copies the averaged parameters into arrays of the same names and shapes. */
    public void loadAveraged(NDManager parent, Map<String, NDArray> into) {
        load(AVERAGED, parent, into, Numbers.FINITE);
    }

    /** Copies the parameters that the run trains into arrays of the same names and shapes. */
    public void loadModel(NDManager parent, Map<String, NDArray> into) {
        load(MODEL, parent, into, Numbers.FINITE);
    }

    /** Copies what is measured of an epoch that is not over into arrays of the same names and shapes. */
    public void loadSums(NDManager parent, Map<String, NDArray> into) {
        load(METRICS, parent, into, Numbers.ANY);
    }

    /** Copies the optimizers' moments into arrays of the same names and shapes. */
    public void loadOptimizer(NDManager parent, Map<String, NDArray> into) {
        load(OPTIMIZER, parent, into, Numbers.NO_NAN);
    }

    private void load(String file, NDManager parent, Map<String, NDArray> into, Numbers allowed) {
        State state = state();
        try (NDManager scratch = parent.newSubManager()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file));
            requireAsWritten(file, Sha256.of(bytes), state);
            TensorFile.decode(
                    bytes, scratch, into, allowed, folder.resolve(file).toString());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InvalidInput unreadable(IOException e) {
        return new InvalidInput(
                "the checkpoint cannot be read: " + Reason.of(e),
                folder.toString(),
                "delete this folder to resume from the one before");
    }

    private static String write(Path file, Map<String, NDArray> tensors) throws IOException {
        byte[] bytes = TensorFile.encode(tensors);
        AtomicFiles.writeThrough(file, bytes);
        return Sha256.of(bytes);
    }
}
