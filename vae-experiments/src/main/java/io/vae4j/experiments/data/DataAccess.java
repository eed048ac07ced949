package io.vae4j.experiments.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What reading data may use.
 *
 * @param cache the folder that keeps downloads for all runs of this machine; it need not exist
 * @param folder where the user says that the files of a data set lie that would else be downloaded
 * @param progress is told what happens, a line at a time
 */
public record DataAccess(Path cache, Optional<Path> folder, Consumer<String> progress) {

    /** With this machine's cache, in silence. */
    public static DataAccess standard() {
        return new DataAccess(CacheFolder.ofProcess().path(), Optional.empty(), line -> {});
    }
}
