package io.vae4j.experiments.data;

import ai.djl.util.Utils;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps a data set for all processes of this machine: the first one that wants it fetches it from the first source that
 * works. Every byte is verified by the reader, wherever it comes from.
 */
public final class DatasetCache {

    private final String name;
    private final List<DataFile> files;
    private final Path root;
    private final List<DownloadSource> sources;
    private final Consumer<String> progress;

    /**
     * The cache of one data set.
     *
     * @param name what people call it; its lower case names the folder in the cache
     * @param files what is wanted
     * @param root the folder of the whole cache, see {@link CacheFolder}
     * @param sources where to fetch the files, the preferred one first
     * @param progress is told what happens, a line at a time
     */
    public DatasetCache(
            String name, List<DataFile> files, Path root, List<DownloadSource> sources, Consumer<String> progress) {
        this.name = name;
        this.files = List.copyOf(files);
        this.root = root;
        this.sources = List.copyOf(sources);
        this.progress = line -> progress.accept(name + ": " + line);
    }

    /** The data set, if the cache holds all of it undamaged; nothing is fetched. */
    public <T> Optional<T> cached(FolderReader<T> reader) {
        return cached(reader, damage -> {});
    }

    /**
     * The data set from the cache, else from the first source that works.
     *
     * @throws InvalidInput if no source works or the cache cannot be written
     */
    public <T> T load(FolderReader<T> reader) {
        Optional<T> found = cached(reader);
        return found.isPresent() ? found.get() : fill(reader);
    }

    private <T> Optional<T> cached(FolderReader<T> reader, Consumer<String> onDamage) {
        if (!Files.isDirectory(folder())) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(folder(), "cache"));
        } catch (IOException e) {
            onDamage.accept("the cache is damaged (" + Reason.of(e) + "), fetching it anew");
            return Optional.empty();
        }
    }

    private <T> T fill(FolderReader<T> reader) {
        try {
            Files.createDirectories(root);
            try (ProcessLock lock = ProcessLock.ofCache(root, folderName() + ".lock", progress)) {
                // Whoever had the lock before may have done the work.
                Optional<T> found = cached(reader, progress);
                return found.isPresent() ? found.get() : fetch(staging(lock), reader);
            }
        } catch (IOException e) {
            throw new InvalidInput(
                    "the cache cannot be written: " + Reason.of(e),
                    root.toString(),
                    "set VAE4J_CACHE to a folder that can, or pass --data-dir with a folder of the files");
        }
    }

    /**
     * Where files wait, on the file system of their final place, until all are there and verified. A crash leaves this
     * folder behind, never a file under a final name; the next fetch empties it.
     */
    private Path staging(ProcessLock lock) {
        return root.resolve("." + folderName() + (lock.isExclusive() ? "" : "-" + UUID.randomUUID()));
    }

    private <T> T fetch(Path staging, FolderReader<T> reader) throws IOException {
        List<String> failures = new ArrayList<>();
        try {
            for (DownloadSource source : sources) {
                AtomicFiles.emptyFolder(staging);
                Path into = Files.createDirectory(staging.resolve("fetched"));
                Optional<T> data = fetch(source, into, reader, failures);
                if (data.isPresent()) {
                    publish(into, Files.createDirectory(staging.resolve("ready")));
                    progress.accept("fetched by " + source.title() + ", kept in " + folder());
                    return data.get();
                }
            }
        } finally {
            Utils.deleteQuietly(staging);
        }
        throw new InvalidInput(
                "%s is not on this machine, and could not be fetched: %s".formatted(name, String.join("; ", failures)),
                "cache " + folder(),
                "put %s into a folder and pass it with --data-dir"
                        .formatted(files.stream().map(DataFile::name).collect(Collectors.joining(", "))));
    }

    private <T> Optional<T> fetch(DownloadSource source, Path into, FolderReader<T> reader, List<String> failures) {
        progress.accept("fetching by " + source.title());
        try {
            source.fetch(files, into);
            return Optional.of(reader.read(into, source.title()));
        } catch (IOException e) {
            String failure = source.title() + ": " + Reason.of(e);
            failures.add(failure);
            progress.accept(failure);
            return Optional.empty();
        }
    }

    /** Puts exactly the wanted files into their final place, in one step. */
    private void publish(Path fetched, Path ready) throws IOException {
        for (DataFile file : files) {
            AtomicFiles.move(fetched.resolve(file.name()), ready.resolve(file.name()));
        }
        AtomicFiles.replaceFolder(ready, folder());
    }

    private Path folder() {
        return root.resolve(folderName());
    }

    private String folderName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
