package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds a data set: in the folder that the user names, else in the cache, else by the first route that works, which
 * fills the cache once for all processes of this machine.
 *
 * <p>Every byte is verified against the set's checksums, wherever it comes from.
 */
public final class DataChain {

    private final IdxSet set;
    private final Path cache;
    private final List<Route> routes;
    private final Consumer<String> progress;

    /**
     * A chain for one data set.
     *
     * @param set the files that are wanted
     * @param cache the folder of the cache; the set gets a folder in it
     * @param routes ways to fetch the files, the preferred one first
     * @param progress is told what happens, a line at a time
     */
    public DataChain(IdxSet set, Path cache, List<Route> routes, Consumer<String> progress) {
        this.set = set;
        this.cache = cache;
        this.routes = List.copyOf(routes);
        this.progress = line -> progress.accept(set.name() + ": " + line);
    }

    /**
     * The data set.
     *
     * @param dataDir the folder that the user names: then that is read and nothing else is tried
     * @throws InvalidInput if that folder does not hold the set, or if no route works, or the cache cannot be written
     */
    public Dataset load(Optional<Path> dataDir) {
        return dataDir.map(folder -> new IdxFolder(folder).read(set, "--data-dir"))
                .or(this::inCache)
                .orElseGet(this::fill);
    }

    /** The data set, if the cache holds all of it undamaged; nothing is fetched. */
    public Optional<Dataset> inCache() {
        return cached(damage -> {});
    }

    private Optional<Dataset> cached(Consumer<String> onDamage) {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdxFolder(folder).verified(set, "cache"));
        } catch (IOException e) {
            onDamage.accept("the cache is damaged (" + Reason.of(e) + "), fetching it anew");
            return Optional.empty();
        }
    }

    private Dataset fill() {
        try {
            Files.createDirectories(cache);
            try (CacheLock lock = CacheLock.acquire(cache, folderName() + ".lock", progress)) {
                // Whoever had the lock before may have done the work.
                Optional<Dataset> found = cached(progress);
                return found.isPresent() ? found.get() : fetch(lock);
            }
        } catch (IOException e) {
            throw new InvalidInput(
                    "the cache cannot be written: " + Reason.of(e),
                    cache.toString(),
                    "set VAE4J_CACHE to a folder that can, or pass --data-dir with a folder of the files");
        }
    }

    private Dataset fetch(CacheLock lock) throws IOException {
        if (lock.isExclusive()) {
            Staging.sweep(cache, folderName());
        }
        List<String> failures = new ArrayList<>();
        try (Staging staging = Staging.open(cache, folderName())) {
            for (Route route : routes) {
                Path into = staging.folder();
                Optional<Dataset> data = attempt(route, into, failures);
                if (data.isPresent()) {
                    staging.publish(into, set, folder());
                    progress.accept("fetched by " + route.source() + ", kept in " + folder());
                    return data.get();
                }
            }
        }
        throw new InvalidInput(
                "%s is not on this machine, and could not be fetched: %s"
                        .formatted(set.name(), String.join("; ", failures)),
                "cache " + folder(),
                "put %s (raw or .gz) into a folder and pass it with --data-dir".formatted(set.fileNames()));
    }

    private Optional<Dataset> attempt(Route route, Path into, List<String> failures) {
        progress.accept("fetching by " + route.source());
        try {
            route.fetch(set, into);
            return Optional.of(new IdxFolder(into).verified(set, route.source()));
        } catch (IOException e) {
            String failure = route.source() + ": " + Reason.of(e);
            failures.add(failure);
            progress.accept(failure);
            return Optional.empty();
        }
    }

    private Path folder() {
        return cache.resolve(folderName());
    }

    private String folderName() {
        return set.name().toLowerCase(Locale.ROOT);
    }
}
