package io.vae4j.experiments.sweep;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import io.vae4j.experiments.recipe.YamlRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a sweep; other programs read it, so its names are a contract. */
public final class SweepFolder implements AutoCloseable {

    /** What the sweep is, by which a folder is one. */
    static final String SWEEP = "sweep.yaml";

    private static final String BASE = "base";

    private final Path path;
    private final ProcessLock lock;

    private SweepFolder(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Claims a new or empty folder for a sweep of this process.
     *
     * @throws InvalidInput if there is anything in it, or another process has it
     */
    static SweepFolder create(Path path) {
        SweepFolder folder = locked(path);
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> others = inside.filter(file -> !isOfBeginning(file)).toList();
            if (others.isEmpty()) {
                return folder;
            }
            throw new InvalidInput(
                    isSweep(path) ? "there is a sweep in this folder" : "the folder is not empty",
                    path.toString(),
                    isSweep(path) ? "go on with it by --resume, or give --out another folder" : "give --out another");
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e instanceof RuntimeException fault
                    ? fault
                    : new InvalidInput("the folder cannot be read: " + e.getMessage(), path.toString(), "give another");
        }
    }

    /** The lock, and what a process leaves that was killed before {@link #SWEEP} was there. */
    private static boolean isOfBeginning(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(ProcessLock.RUN) || name.equals(BASE + ".yaml") || name.endsWith(".tmp");
    }

    /**
     * The folder of a sweep that was begun, for this process alone.
     *
     * @throws InvalidInput if there is none, or another process has it
     */
    static SweepFolder open(Path path) {
        if (!isSweep(path)) {
            throw new InvalidInput(
                    "there is no sweep in this folder: " + SWEEP + " is missing",
                    path.toString(),
                    "give the folder that a sweep printed");
        }
        return locked(path);
    }

    /** Whether there is a sweep. */
    public static boolean isSweep(Path path) {
        return Files.isRegularFile(path.resolve(SWEEP));
    }

    private static SweepFolder locked(Path path) {
        return new SweepFolder(path, ProcessLock.ofRun(path, "sweep"));
    }

    /** Writes what the sweep is, the file by which it is one last. */
    void write(SweepPlan plan) throws IOException {
        AtomicFiles.replace(path.resolve(BASE + ".yaml"), plan.base().getBytes(StandardCharsets.UTF_8));
        String yaml = "# " + plan.name() + "\n" + YamlRecords.write(plan.spec());
        AtomicFiles.replace(path.resolve(SWEEP), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Has what the sweep is kept where the runs are, too. */
    void keep(RunBackend backend) throws IOException {
        for (String name : List.of(BASE + ".yaml", SWEEP)) {
            backend.keep(name, Files.readAllBytes(path.resolve(name)));
        }
    }

    /** What the sweep is. */
    static SweepPlan plan(Path path) {
        Path file = path.resolve(SWEEP);
        String yaml = YamlRecords.text(file, "a sweep's folder");
        String name = yaml.lines().findFirst().orElse("").replaceFirst("^# *", "");
        String base = YamlRecords.text(path.resolve(BASE + ".yaml"), "a sweep's folder");
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new InvalidInput("its first line names no recipe", file.toString(), "restore it");
        }
        return new SweepPlan(SweepFile.parse(yaml, file.toString()), name, base);
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    Journal journal() {
        return new Journal(path);
    }

    /** The folder of a run. */
    static Path run(Path sweep, String name) {
        return sweep.resolve("runs").resolve(name);
    }

    /** What the processes of a run have told. */
    Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    /** The recipe of a setting. */
    Path recipe(String setting) {
        return path.resolve("settings").resolve(setting + ".yaml");
    }

    @Override
    public void close() {
        lock.close();
    }
}
