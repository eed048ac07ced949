package io.vae4j.spark.inference;

import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a run that make its model, on their way to executors: recipe, manifest and the weights of one epoch with
 * their checksums, which are verified where they are loaded.
 *
 * @param address where they came from, for messages
 * @param files by their names in the run folder
 * @param epoch of the weights
 * @param sha256 of all of them together
 */
record RunCopy(String address, TreeMap<String, byte[]> files, int epoch, String sha256) {

    private static final List<String> OF_RUN = List.of(RunFolder.RECIPE, "manifest.json");
    private static final List<String> OF_CHECKPOINT =
            List.of("state.json", "model.safetensors", "averaged.safetensors");

    /** Reads those that the weights need which are asked for. */
    static RunCopy of(String address, Path folder, CheckpointChoice weights) throws IOException {
        Checkpoint chosen = RunFolder.reading(folder).checkpoints().of(weights).checkpoint();
        int epoch = chosen.state().epoch();
        List<String> names = new ArrayList<>(OF_RUN);
        OF_CHECKPOINT.forEach(name -> names.add(String.format(Locale.ROOT, "checkpoints/epoch-%04d/%s", epoch, name)));
        TreeMap<String, byte[]> files = new TreeMap<>();
        StringBuilder sums = new StringBuilder();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                byte[] content = Files.readAllBytes(file);
                files.put(name, content);
                sums.append(name).append(' ').append(Sha256.of(content)).append('\n');
            }
        }
        return new RunCopy(address, files, epoch, Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes files of a run into an empty folder. */
    static RunFolder into(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path to = folder.resolve(file.getKey());
            Files.createDirectories(to.resolveSibling("."));
            Files.write(to, file.getValue());
        }
        return RunFolder.reading(folder);
    }
}
