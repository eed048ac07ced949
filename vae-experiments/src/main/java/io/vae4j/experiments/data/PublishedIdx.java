package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A published data set in MNIST's form, known to the last byte.
 *
 * @param files its four files
 * @param sources where to fetch them, the preferred one first
 */
record PublishedIdx(IdxSet files, List<DownloadSource> sources) {

    /**
     * The data set from the user's folder, else from the cache, else from the first source that works.
     *
     * @param dataDir the folder that the user names, if any
     * @throws io.vae4j.experiments.InvalidInput if it cannot be had; the message says what was tried and what to do
     */
    Dataset load(Optional<Path> dataDir, Path cache, Consumer<String> progress) {
        return dataDir.map(folder -> new IdxFolder(folder).read(files, "--data-dir"))
                .orElseGet(() -> cache(cache, progress).load(this::read));
    }

    /** The data set, if the cache holds it undamaged; nothing is fetched. */
    Optional<Dataset> cached(Path cache) {
        return cache(cache, line -> {}).cached(this::read);
    }

    private Dataset read(Path folder, String source) throws IOException {
        return new IdxFolder(folder).verified(files, source);
    }

    private DatasetCache cache(Path root, Consumer<String> progress) {
        return new DatasetCache(files.name(), files.dataFiles(), root, sources, progress);
    }
}
