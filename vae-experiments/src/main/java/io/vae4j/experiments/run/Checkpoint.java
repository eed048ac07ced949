package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder with the model, the optimizers' moments and the position of a run. It appears whole or not at all, and its
 * files are checked against the checksums in state.json before they are parsed.
 */
public final class Checkpoint {

    private static final String MODEL = "model.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String AVERAGED = "averaged.safetensors";
    private static final String STATE = "state.json";

    private final Path folder;

    /** @param folder be it there or not */
    public Checkpoint(Path folder) {
        this.folder = folder;
    }

    /**
     * Where a run stood.
     *
     * @param epoch epochs done
     * @param step steps done
     * @param files SHA-256 of the other files, by name
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(int epoch, long step, long seed, Map<String, String> files) {

        public State {
            files = files == null ? Map.of() : files;
        }
    }

    /**
     * What a checkpoint holds, by names.
     *
     * @param model parameters
     * @param optimizer moments
     * @param averaged parameters, some of them as moving averages; in a run that evaluates these
     */
    public record Content(
            Map<String, NDArray> model, Map<String, NDArray> optimizer, Optional<Map<String, NDArray>> averaged) {}

    /** Writes the checkpoint beside its place and moves it there. */
    public void save(int epoch, long step, long seed, Content content) throws IOException {
        Path draft = AtomicFiles.emptyFolder(folder.resolveSibling(folder.getFileName() + ".tmp"));
        Map<String, String> files = new TreeMap<>();
        files.put(MODEL, write(draft.resolve(MODEL), content.model()));
        files.put(OPTIMIZER, write(draft.resolve(OPTIMIZER), content.optimizer()));
        if (content.averaged().isPresent()) {
            files.put(
                    AVERAGED, write(draft.resolve(AVERAGED), content.averaged().get()));
        }
        AtomicFiles.writeThrough(draft.resolve(STATE), RunJson.write(new State(epoch, step, seed, files)));
        AtomicFiles.replaceFolder(draft, folder);
    }

    /** Where the run stood. */
    public State state() {
        try {
            return RunJson.read(new RunFiles(folder), STATE, State.class)
                    .orElseThrow(() -> new IOException(STATE + " is missing"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Copies the parameters that the run evaluates, averaged or not, into arrays of the same names and shapes. */
    public void loadEvaluated(NDManager parent, Map<String, NDArray> into) {
        load(state().files().containsKey(AVERAGED) ? AVERAGED : MODEL, parent, into);
    }

    /** Copies the averaged parameters into arrays of the same names and shapes. */
    public void loadAveraged(NDManager parent, Map<String, NDArray> into) {
        load(AVERAGED, parent, into);
    }

    /** Copies the parameters that the run trains into arrays of the same names and shapes. */
    public void loadModel(NDManager parent, Map<String, NDArray> into) {
        load(MODEL, parent, into);
    }

    /** Copies the optimizers' moments into arrays of the same names and shapes. */
    public void loadOptimizer(NDManager parent, Map<String, NDArray> into) {
        load(OPTIMIZER, parent, into);
    }

    private void load(String file, NDManager parent, Map<String, NDArray> into) {
        State state = state();
        try (NDManager scratch = parent.newSubManager()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file));
            if (!Sha256.of(bytes).equals(state.files().get(file))) {
                throw new IOException(file + " does not have the SHA-256 that " + STATE + " names");
            }
            TensorFile.decode(bytes, scratch, into, folder.resolve(file).toString());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InvalidInput unreadable(IOException e) {
        return new InvalidInput(
                "the checkpoint cannot be read: " + e.getMessage(),
                folder.toString(),
                "delete this folder to resume from the one before");
    }

    private static String write(Path file, Map<String, NDArray> tensors) throws IOException {
        byte[] bytes = TensorFile.encode(tensors);
        AtomicFiles.writeThrough(file, bytes);
        return Sha256.of(bytes);
    }
}
