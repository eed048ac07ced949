package io.vae4j.experiments.device;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that holds libtorch.
 *
 * @param path the folder with the shared libraries themselves
 * @param build whether CUDA was compiled in
 * @param version such as {@code 2.7.1}, where a file beside the folder tells it
 */
record TorchFolder(Path path, Build build, Optional<String> version) {

    /** What libtorch was compiled for; a CUDA build also computes on the CPU. */
    enum Build {
        CPU,
        CUDA
    }

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    /** The folder itself, if libtorch is in it. */
    static Optional<TorchFolder> at(Path folder) {
        if (!Files.isRegularFile(folder.resolve(System.mapLibraryName("torch")))) {
            return Optional.empty();
        }
        boolean cuda = Files.isRegularFile(folder.resolve(System.mapLibraryName("torch_cuda")));
        // A wheel has the first of these files beside its libraries, an archive the second.
        Optional<String> version = Stream.of("version.py", "build-version")
                .flatMap(name -> version(folder.toAbsolutePath().resolveSibling(name)).stream())
                .findFirst();
        return Optional.of(new TorchFolder(folder, cuda ? Build.CUDA : Build.CPU, version));
    }

    /** The first hit on a search path, read as DJL reads it: entries are folders, or the libtorch file. */
    static Optional<TorchFolder> onPath(String searchPath) {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .map(entry -> entry.endsWith(System.mapLibraryName("torch")) ? entry.resolveSibling("") : entry)
                .flatMap(folder -> at(folder).stream())
                .findFirst();
    }

    private static Optional<String> version(Path file) {
        try {
            Matcher version = VERSION.matcher(Files.readString(file));
            return version.find() ? Optional.of(version.group()) : Optional.empty();
        } catch (IOException unreadable) {
            // The version is a courtesy check: without it the engine's own start decides.
            return Optional.empty();
        }
    }
}
