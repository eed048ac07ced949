package io.vae4j.experiments.device;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that holds libtorch.
 *
 * @param folder the folder with the shared libraries themselves
 * @param build whether CUDA was compiled in
 * @param version such as {@code 2.7.1+cu128}, where a file beside the folder tells it
 */
public record TorchFolder(Path folder, Build build, Optional<String> version) {

    /** What libtorch was compiled for; a CUDA build also computes on the CPU. */
    public enum Build {
        CPU,
        CUDA
    }

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[\\w.+]*");
    // The file that tells the version is a line or a few; anything longer is something else.
    private static final long VERSION_FILE_LIMIT = 10_000;

    /** The folder itself, if libtorch is in it. */
    static Optional<TorchFolder> at(Path folder) {
        if (!Files.isRegularFile(folder.resolve(System.mapLibraryName("torch")))) {
            return Optional.empty();
        }
        boolean cuda = Files.isRegularFile(folder.resolve(System.mapLibraryName("torch_cuda")));
        return Optional.of(new TorchFolder(folder, cuda ? Build.CUDA : Build.CPU, versionBeside(folder)));
    }

    /** The first hit on a search path, read as DJL reads it: entries are folders, or the libtorch file. */
    static Optional<TorchFolder> onPath(String searchPath) {
        return Arrays.stream(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .map(TorchFolder::folderOf)
                .flatMap(folder -> at(folder).stream())
                .findFirst();
    }

    private static Path folderOf(Path entry) {
        Path parent = entry.getParent();
        return parent != null && entry.endsWith(System.mapLibraryName("torch")) && Files.isRegularFile(entry)
                ? parent
                : entry;
    }

    /** The wheel's {@code version.py} or the archive's {@code build-version}, one level above the libraries. */
    private static Optional<String> versionBeside(Path folder) {
        return Stream.of("version.py", "build-version")
                .map(name -> folder.toAbsolutePath().resolveSibling(name))
                .flatMap(file -> versionIn(file).stream())
                .findFirst();
    }

    private static Optional<String> versionIn(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > VERSION_FILE_LIMIT) {
                return Optional.empty();
            }
            Matcher version = VERSION.matcher(Files.readString(file));
            return version.find() ? Optional.of(version.group()) : Optional.empty();
        } catch (IOException unreadable) {
            // The version is a courtesy check: without it the engine's own start decides.
            return Optional.empty();
        }
    }
}
