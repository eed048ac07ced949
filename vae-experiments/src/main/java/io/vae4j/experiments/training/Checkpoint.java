package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder with the model, the optimizer's moments and the position of a run. It appears whole or not at all, and its
 * files are checked against the checksums in state.json before they are parsed.
 */
final class Checkpoint {

    private static final String MODEL = "model.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STATE = "state.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path folder;

    Checkpoint(Path folder) {
        this.folder = folder;
    }

    /**
     * Where a run stood.
     *
     * @param epoch epochs done
     * @param step steps done
     * @param files SHA-256 of the other files, by name
     */
    record State(int epoch, long step, long seed, Map<String, String> files) {}

    /** Writes the checkpoint beside its place and moves it there. */
    void save(Experiment experiment, int epoch, long step) throws IOException {
        Path draft = AtomicFiles.emptyFolder(folder.resolveSibling(folder.getFileName() + ".tmp"));
        Map<String, String> files = new TreeMap<>();
        files.put(MODEL, write(draft.resolve(MODEL), tensors(ModelState.of(experiment.model()))));
        files.put(OPTIMIZER, write(draft.resolve(OPTIMIZER), moments(experiment)));
        byte[] state = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(new State(epoch, step, experiment.seed(), files));
        AtomicFiles.writeThrough(draft.resolve(STATE), state);
        AtomicFiles.replaceFolder(draft, folder);
    }

    /** Copies the checkpoint into an experiment of the same recipe. */
    State load(Experiment experiment) {
        try {
            State state = JSON.readValue(Files.readAllBytes(folder.resolve(STATE)), State.class);
            if (state.seed() != experiment.seed()) {
                throw new InvalidInput(
                        "the run has seed " + state.seed() + ", not " + experiment.seed(),
                        folder.toString(),
                        "leave --seed out when you resume");
            }
            try (NDManager scratch = experiment.manager().newSubManager()) {
                read(MODEL, state, scratch, tensors(ModelState.of(experiment.model())));
                read(OPTIMIZER, state, scratch, moments(experiment));
            }
            return state;
        } catch (IOException e) {
            throw new InvalidInput(
                    "the checkpoint cannot be read: " + e.getMessage(),
                    folder.toString(),
                    "delete this folder to resume from the one before");
        }
    }

    private static Map<String, NDArray> tensors(List<ModelState.Named> parameters) {
        Map<String, NDArray> tensors = new TreeMap<>();
        parameters.forEach(named -> tensors.put(named.name(), named.array()));
        return tensors;
    }

    private static Map<String, NDArray> moments(Experiment experiment) {
        List<String> names = ModelState.of(experiment.model()).stream()
                .filter(named -> named.trainable() == ModelState.Trainable.YES)
                .map(ModelState.Named::name)
                .toList();
        Map<String, NDArray> tensors = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.put(
                    names.get(i) + ".exp_avg",
                    experiment.adam().moments().first().get(i));
            tensors.put(
                    names.get(i) + ".exp_avg_sq",
                    experiment.adam().moments().second().get(i));
        }
        return tensors;
    }

    private static String write(Path file, Map<String, NDArray> tensors) throws IOException {
        byte[] bytes = TensorFile.encode(tensors);
        AtomicFiles.writeThrough(file, bytes);
        return Sha256.of(bytes);
    }

    private void read(String file, State state, NDManager scratch, Map<String, NDArray> into) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        if (!Sha256.of(bytes).equals(state.files().get(file))) {
            throw new IOException(file + " does not have the SHA-256 that " + STATE + " names");
        }
        TensorFile.decode(bytes, scratch, into, folder.resolve(file).toString());
    }
}
