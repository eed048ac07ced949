package io.vae4j.spark;

import io.vae4j.experiments.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of this process that goes when it is closed. */
public record ScratchFolder(Path path) implements AutoCloseable {

    /** A new one, where the system has such. */
    public static ScratchFolder make(String purpose) throws IOException {
        return new ScratchFolder(Files.createTempDirectory("vae4j-" + purpose));
    }

    @Override
    public void close() {
        try {
            AtomicFiles.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
