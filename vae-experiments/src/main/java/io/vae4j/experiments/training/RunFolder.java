package io.vae4j.experiments.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one run; other programs read it, so its names are a contract. */
public final class RunFolder implements AutoCloseable {

    private static final ObjectMapper JSON = RunJson.MAPPER;

    private final Path path;
    private final Optional<ProcessLock> lock;

    private RunFolder(Path path, Optional<ProcessLock> lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Claims a new or empty folder for a run of this process; {@link #close()} removes it if nothing was written. */
    public static RunFolder create(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidInput("this is a file", path.toString(), "give --out a folder");
        }
        if (Files.isDirectory(path) && !isEmpty(path)) {
            throw new InvalidInput(
                    "the folder is not empty", path.toString(), "give --out another one, or --resume this run");
        }
        return new RunFolder(path, Optional.of(ProcessLock.ofRun(path)));
    }

    private static boolean isEmpty(Path path) {
        try (Stream<Path> inside = Files.list(path)) {
            return inside.findAny().isEmpty();
        } catch (IOException e) {
            throw new InvalidInput(
                    "the folder cannot be read: " + e.getMessage(), path.toString(), "give --out another");
        }
    }

    /** The folder of a run that was begun, to be written by this process alone. */
    public static RunFolder open(Path path) {
        return new RunFolder(begun(path), Optional.of(ProcessLock.ofRun(path)));
    }

    /** The folder of a run that was begun, to be looked at only: also while another process writes it. */
    public static RunFolder reading(Path path) {
        return new RunFolder(begun(path), Optional.empty());
    }

    private static Path begun(Path path) {
        if (!hasRecipe(path)) {
            throw new InvalidInput(
                    "there is no run in this folder: recipe.yaml is missing", path.toString(), "give a run's folder");
        }
        return path;
    }

    private static boolean hasRecipe(Path path) {
        return Files.isRegularFile(path.resolve("recipe.yaml"));
    }

    /** Whether there is a run that could be resumed. */
    public boolean isBegun() {
        return hasRecipe(path);
    }

    /** Lets other processes use the folder. */
    @Override
    public void close() {
        lock.ifPresent(ProcessLock::close);
    }

    public Path path() {
        return path;
    }

    Path image(String name) {
        return path.resolve("images").resolve(name + ".png");
    }

    /** The run's own recipe. */
    public Recipe recipe() {
        return Recipes.ofRun(path.resolve("recipe.yaml"));
    }

    void write(Recipe recipe) throws IOException {
        AtomicFiles.replace(path.resolve("recipe.yaml"), Recipes.write(recipe).getBytes(StandardCharsets.UTF_8));
    }

    void write(Manifest manifest) throws IOException {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        AtomicFiles.replace(path.resolve("manifest.json"), json);
    }

    /** The seed and the recipe's name of a run that was begun. */
    public Manifest manifest() {
        Path file = path.resolve("manifest.json");
        try {
            return JSON.readValue(Files.readAllBytes(file), Manifest.class);
        } catch (IOException e) {
            throw new InvalidInput("the manifest cannot be read: " + e.getMessage(), file.toString(), "restore it");
        }
    }

    /** Adds lines to metrics.jsonl; a line is whole or, after a crash, the last one and cut. */
    void append(List<Metrics> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Metrics line : lines) {
            text.append(JSON.writeValueAsString(line)).append('\n');
        }
        Files.writeString(metrics(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Drops the lines after an epoch, and a cut line, before the run goes on from there. */
    void keepMetricsUpTo(int epoch) throws IOException {
        if (!Files.exists(metrics())) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        for (String line : Files.readAllLines(metrics())) {
            if (isWithin(line, epoch)) {
                kept.append(line).append('\n');
            }
        }
        AtomicFiles.replace(metrics(), kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    Checkpoint checkpoint(int epoch) {
        return new Checkpoint(checkpoints().resolve(String.format(Locale.ROOT, "epoch-%04d", epoch)));
    }

    /**
     * Copies the latest checkpoint into an experiment of the run's recipe and seed.
     *
     * @return its epoch
     */
    public int restore(Experiment experiment) throws IOException {
        int epoch = latestEpoch()
                .orElseThrow(() ->
                        new InvalidInput("the run has no checkpoint yet", path.toString(), "train at least one epoch"));
        checkpoint(epoch).load(experiment);
        return epoch;
    }

    /** The latest epoch with a checkpoint. */
    public Optional<Integer> latestEpoch() throws IOException {
        return checkpointedEpochs().stream().max(Comparator.naturalOrder());
    }

    /** Deletes all but the latest checkpoints. */
    void prune(int keep) throws IOException {
        List<Integer> epochs = checkpointedEpochs();
        for (int epoch : epochs.subList(0, Math.max(0, epochs.size() - keep))) {
            AtomicFiles.delete(checkpoints().resolve(String.format(Locale.ROOT, "epoch-%04d", epoch)));
        }
    }

    private List<Integer> checkpointedEpochs() throws IOException {
        List<Integer> epochs = new ArrayList<>();
        if (Files.isDirectory(checkpoints())) {
            try (Stream<Path> folders = Files.list(checkpoints())) {
                folders.map(folder -> String.valueOf(folder.getFileName()))
                        .filter(name -> name.matches("epoch-\\d{4,9}"))
                        .map(name -> Integer.valueOf(name.substring(6)))
                        .sorted()
                        .forEach(epochs::add);
            }
        }
        return epochs;
    }

    private static boolean isWithin(String line, int epoch) {
        try {
            return JSON.readTree(line).path("epoch").asInt(Integer.MAX_VALUE) <= epoch;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private Path checkpoints() {
        return path.resolve("checkpoints");
    }

    private Path metrics() {
        return path.resolve("metrics.jsonl");
    }
}
