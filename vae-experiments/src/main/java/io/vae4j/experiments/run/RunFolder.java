package io.vae4j.experiments.run;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import io.vae4j.experiments.data.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of one run; other programs read it, so its names are a contract. */
public final class RunFolder implements AutoCloseable {

    /** The resolved recipe. */
    public static final String RECIPE = "recipe.yaml";

    private static final String MANIFEST = "manifest.json";
    private static final String EVALUATION = "evaluation.json";

    /** The lock, and what is written before the recipe, by which a folder is a run. */
    private static final Pattern BEFORE_BEGINNING =
            Pattern.compile("\\.lock|manifest\\.json|\\.(manifest\\.json|recipe\\.yaml)\\..*\\.tmp");

    /** Where the run's own files are written under other names at first. */
    private static final List<String> OWN_FOLDERS = List.of("", "images", "figures", "checkpoints");

    private final Path path;
    private final Optional<ProcessLock> lock;

    private RunFolder(Path path, Optional<ProcessLock> lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Claims a new or empty folder for a run of this process; {@link #close()} removes it if nothing was written. What
     * a process leaves that ends before its run has begun is no content: it is taken away.
     */
    public static RunFolder create(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidInput("this is a file", path.toString(), "give --out a folder");
        }
        requireEmpty(path);
        ProcessLock lock = ProcessLock.ofRun(path);
        try {
            // another process may have begun and ended here in between
            requireEmpty(path);
            for (Path leftover : inside(path)) {
                if (!String.valueOf(leftover.getFileName()).equals(ProcessLock.RUN)) {
                    Files.delete(leftover);
                }
            }
            return new RunFolder(path, Optional.of(lock));
        } catch (IOException e) {
            lock.close();
            throw unusable(path, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireEmpty(Path path) {
        if (Files.isDirectory(path) && !inside(path).stream().allMatch(RunFolder::isBeforeBeginning)) {
            throw new InvalidInput(
                    "the folder is not empty", path.toString(), "give --out another one, or --resume this run");
        }
    }

    private static boolean isBeforeBeginning(Path file) {
        return BEFORE_BEGINNING.matcher(String.valueOf(file.getFileName())).matches() && Files.isRegularFile(file);
    }

    private static List<Path> inside(Path path) {
        try (Stream<Path> inside = Files.list(path)) {
            return inside.toList();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static InvalidInput unusable(Path path, IOException e) {
        return new InvalidInput("the folder cannot be used: " + e.getMessage(), path.toString(), "give --out another");
    }

    /**
     * The folder of a run that was begun, to be written by this process alone. What a process that was killed has left
     * unfinished in it is taken away.
     */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(begun(path), Optional.of(ProcessLock.ofRun(path)));
        try {
            for (String own : OWN_FOLDERS) {
                AtomicFiles.deleteDrafts(path.resolve(own));
            }
            folder.checkpoints().deleteDrafts();
            return folder;
        } catch (IOException e) {
            folder.close();
            throw unusable(path, e);
        }
    }

    /** The folder of a run that was begun, to be looked at only: also while another process writes it. */
    public static RunFolder reading(Path path) {
        return new RunFolder(begun(path), Optional.empty());
    }

    private static Path begun(Path path) {
        if (!isBegun(path)) {
            throw new InvalidInput(
                    "there is no run in this folder: recipe.yaml is missing",
                    path.toString(),
                    endedBeforeBeginning(path)
                            ? "its process ended before it began: train into it anew, by --out"
                            : "give a run's folder");
        }
        return path;
    }

    private static boolean endedBeforeBeginning(Path path) {
        List<Path> inside = Files.isDirectory(path) ? inside(path) : List.of();
        return !inside.isEmpty() && inside.stream().allMatch(RunFolder::isBeforeBeginning);
    }

    private static boolean isBegun(Path path) {
        return Files.isRegularFile(path.resolve(RECIPE));
    }

    /** Whether there is a run that could be resumed. */
    public boolean isBegun() {
        return isBegun(path);
    }

    /** Lets other processes use the folder. */
    @Override
    public void close() {
        lock.ifPresent(ProcessLock::close);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Where a picture goes. */
    public Path image(String name) {
        return path.resolve("images").resolve(name + ".png");
    }

    /** The file of the resolved recipe. */
    public Path recipe() {
        return path.resolve(RECIPE);
    }

    /**
     * Writes what made a run, and the resolved recipe or what stands for it. The manifest keeps the recipe's checksum,
     * by which it is known if others change it; a process that ends in between leaves none, and no recipe that is taken
     * for a changed one.
     */
    public void write(Manifest manifest, String yaml) throws IOException {
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        if (!isBegun() || !Arrays.equals(content, Files.readAllBytes(recipe()))) {
            write(manifest.withRecipe(Optional.empty()));
            AtomicFiles.replace(recipe(), content);
        }
        write(manifest.withRecipe(Optional.of(Sha256.of(content))));
    }

    /** Whether the recipe is another than the run wrote; of runs that did not write down its checksum, never. */
    public boolean isRecipeChanged() {
        Optional<String> written = manifest().recipeSha256();
        try {
            return written.isPresent() && !written.get().equals(Sha256.of(Files.readAllBytes(recipe())));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * What made the run; of an old or damaged folder, what is left of it.
     *
     * @throws InvalidInput if it is not a JSON object, or a later version wrote the folder
     */
    public Manifest manifest() {
        return manifest(new RunFiles(path));
    }

    static Manifest manifest(RunFiles files) {
        String where = files.folder().resolve(MANIFEST).toString();
        try {
            Manifest manifest = RunJson.read(files, MANIFEST, Manifest.class).orElseGet(Manifest::unknown);
            int format = manifest.format().orElse(1);
            if (format > Manifest.FORMAT) {
                throw new InvalidInput(
                        "the run folder has format " + format + ", of vae4j "
                                + manifest.vae4j().orElse("of a later version"),
                        where,
                        "take that version; this one reads formats up to " + Manifest.FORMAT);
            }
            return manifest;
        } catch (IOException e) {
            throw new InvalidInput("the manifest cannot be read: " + e.getMessage(), where, "restore it");
        }
    }

    /** Writes what made the run. */
    public void write(Manifest manifest) throws IOException {
        AtomicFiles.replace(path.resolve(MANIFEST), RunJson.write(manifest));
    }

    /**
     * What the last evaluation found; empty if there was none.
     *
     * @param note is given a sentence about what is in the file and no figure
     */
    static Optional<EvaluationResult> evaluation(RunFiles files, Consumer<String> note) throws IOException {
        return RunJson.readStrictly(
                files,
                EVALUATION,
                EvaluationResult.class,
                wrong -> note.accept("Entries of " + EVALUATION + " are of other types than an evaluation writes: "
                        + String.join(", ", wrong) + ". They are not shown."));
    }

    /** What the last evaluation wrote into a folder; empty if there was none, or what is there cannot be read. */
    public static Optional<EvaluationResult> evaluation(Path folder) throws IOException {
        try {
            return evaluation(new RunFiles(folder), note -> {});
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** Writes what an evaluation found into a folder, the run's own or another. */
    public static void write(EvaluationResult evaluation, Path folder) throws IOException {
        AtomicFiles.replace(folder.resolve(EVALUATION), RunJson.write(evaluation));
    }

    /** Adds measurements; a line is whole or, after a crash, the last one and cut. */
    public void append(List<Measurement> lines) throws IOException {
        MetricsFile.append(path, lines);
    }

    /** Drops the measurements after an epoch before the run goes on from there. */
    public void keepMetricsUpTo(int epoch) throws IOException {
        MetricsFile.keepUpTo(path, epoch);
    }

    /** The weights that the run has kept. */
    public Checkpoints checkpoints() {
        return new Checkpoints(path);
    }
}
