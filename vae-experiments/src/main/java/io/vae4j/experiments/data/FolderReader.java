package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a data set out of a folder that nobody vouches for: it verifies the length and the SHA-256 of what it reads.
 */
@FunctionalInterface
public interface FolderReader<T> {

    /**
     * The data set, which shall say that it came from {@code source}.
     *
     * @throws IOException with a reason in a few words if a file is missing or is another one than expected
     */
    T read(Path folder, String source) throws IOException;
}
