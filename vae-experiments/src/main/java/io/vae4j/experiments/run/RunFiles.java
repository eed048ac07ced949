package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one run folder, read with care: a run folder may come from anybody. */
public record RunFiles(Path folder) {

    public RunFiles {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInput(
                    "there is no run folder", folder.toString(), "give the folder that a training run printed last");
        }
    }

    /** The name by which people know the run: that of its folder. */
    public String name() throws IOException {
        return String.valueOf(folder.toRealPath().getFileName());
    }

    /**
     * The content of a file, if it exists.
     *
     * @param name relative to the run folder, with forward slashes
     * @param limit largest size in bytes that makes sense for this file
     * @throws InvalidInput if the file is larger, or lies outside the run folder by way of a link
     */
    public Optional<byte[]> bytes(String name, long limit) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw new InvalidInput(
                    "the file is a link that leaves the run folder", file.toString(), "replace it by the file itself");
        }
        if (Files.size(file) > limit) {
            throw new InvalidInput(
                    "the file has " + Files.size(file) + " bytes, and " + limit + " are the most that make sense",
                    file.toString(),
                    "remove it or restore the right one");
        }
        return Optional.of(Files.readAllBytes(file));
    }

    /** Whether a file is there and has more bytes than that. */
    public boolean isLarger(String name, long limit) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) && Files.size(file) > limit;
    }

    /** The names of the files in a folder of the run, sorted; none if the folder does not exist. */
    public List<String> names(String subfolder) throws IOException {
        Path within = folder.resolve(subfolder);
        if (!Files.isDirectory(within)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(within)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
