package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as it must be, byte for byte.
 *
 * @param name its name in a folder
 * @param bytes its length
 * @param sha256 its SHA-256, in lower-case hex
 */
public record DataFile(String name, long bytes, String sha256) {

    /** The file's content, of which nobody vouches for length or checksum. */
    byte[] read(Path folder) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new WrongFile(name + " is missing");
        }
        long found = Files.size(file);
        if (found != bytes) {
            throw new WrongFile("%s has %d bytes, expected %d".formatted(name, found, bytes));
        }
        byte[] content = Files.readAllBytes(file);
        String sum = Sha256.of(content);
        if (!sum.equals(sha256)) {
            throw new WrongFile("%s has SHA-256 %s, expected %s".formatted(name, sum, sha256));
        }
        return content;
    }
}
