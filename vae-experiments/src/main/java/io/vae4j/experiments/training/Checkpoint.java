package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A folder with the model, the optimiser's moments and the position of a run. It appears whole or not at all, and its
 * files are checked against the checksums in state.json before they are parsed.
 */
final class Checkpoint {

    private static final String MODEL = "model.safetensors";
    private static final String OPTIMISER = "optimizer.safetensors";
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
        files.put(OPTIMISER, write(draft.resolve(OPTIMISER), moments(experiment)));
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
                copy(read(scratch, MODEL, state), tensors(ModelState.of(experiment.model())), MODEL);
                copy(read(scratch, OPTIMISER, state), moments(experiment), OPTIMISER);
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
        NDList copies = new NDList(tensors.size());
        tensors.forEach((name, tensor) -> {
            NDArray copy = tensor.duplicate();
            copy.setName(name);
            copies.add(copy);
        });
        try (copies) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            copies.encode(bytes, NDList.Encoding.SAFETENSORS);
            AtomicFiles.writeThrough(file, bytes.toByteArray());
            return sha256(bytes.toByteArray());
        }
    }

    private Map<String, NDArray> read(NDManager scratch, String file, State state) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        if (!sha256(bytes).equals(state.files().get(file))) {
            throw new IOException(file + " does not have the SHA-256 that " + STATE + " names");
        }
        return NDList.decode(scratch, bytes).stream().collect(Collectors.toMap(NDArray::getName, Function.identity()));
    }

    private void copy(Map<String, NDArray> from, Map<String, NDArray> into, String file) {
        List<String> faults = new ArrayList<>();
        if (!from.keySet().equals(into.keySet())) {
            faults.add("it names " + from.keySet() + "; the recipe's model has " + into.keySet());
        } else {
            into.forEach((name, array) -> {
                if (!from.get(name).getShape().equals(array.getShape())) {
                    faults.add(name + " has shape " + from.get(name).getShape() + "; the recipe's model has "
                            + array.getShape());
                }
            });
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(
                    "the weights belong to another model: " + faults.get(0),
                    folder.resolve(file).toString(),
                    "resume with the run's own recipe.yaml");
        }
        into.forEach((name, array) -> from.get(name).copyTo(array));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
