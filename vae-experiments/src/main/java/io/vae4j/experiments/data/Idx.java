package io.vae4j.experiments.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files that nobody vouches for.
 *
 * <p>Only the expected length is ever allocated: the header must be the expected one and, where the file's length is
 * known, that too, before the content is read. Content and checksum come from one pass over the file.
 */
final class Idx {

    private static final int GZIP_BUFFER = 1 << 16;

    private Idx() {}

    /**
     * The content of a file behind its header: {@code folder/name}, or {@code folder/name.gz} unpacked.
     *
     * @throws WrongFile if it is missing or is another file than expected
     * @throws IOException if it cannot be read
     */
    static byte[] read(Path folder, IdxFile expected) throws IOException {
        Path raw = folder.resolve(expected.name());
        if (Files.isRegularFile(raw)) {
            return readRaw(raw, expected);
        }
        Path packed = folder.resolve(expected.name() + ".gz");
        if (Files.isRegularFile(packed)) {
            return readPacked(packed, expected);
        }
        throw new WrongFile(expected.name() + " is missing");
    }

    /** Whether {@link #read} would find a file to read. */
    static boolean exists(Path folder, IdxFile expected) {
        return Files.isRegularFile(folder.resolve(expected.name()))
                || Files.isRegularFile(folder.resolve(expected.name() + ".gz"));
    }

    private static byte[] readRaw(Path path, IdxFile expected) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] header = header(in, expected, expected.name());
            long found = Files.size(path);
            if (found != expected.bytes()) {
                throw new WrongFile("%s has %d bytes, expected %d".formatted(expected.name(), found, expected.bytes()));
            }
            return content(in, header, expected, expected.name());
        }
    }

    private static byte[] readPacked(Path path, IdxFile expected) throws IOException {
        String name = expected.name() + ".gz";
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), GZIP_BUFFER)) {
            return content(in, header(in, expected, name), expected, name);
        } catch (ZipException | EOFException e) {
            throw new WrongFile("%s cannot be unpacked: %s".formatted(name, e.getMessage()));
        }
    }

    private static byte[] header(InputStream in, IdxFile expected, String name) throws IOException {
        byte[] wanted = expected.shape().header();
        byte[] found = in.readNBytes(wanted.length);
        if (found.length < wanted.length) {
            throw new WrongFile("%s ends after %d bytes, expected %d".formatted(name, found.length, expected.bytes()));
        }
        if (!Arrays.equals(found, wanted)) {
            // A file of more axes than expected has a longer header; what follows tells the reader what it is.
            byte[] longer = in.readNBytes(2 * Integer.BYTES);
            byte[] head = Arrays.copyOf(found, found.length + longer.length);
            System.arraycopy(longer, 0, head, found.length, longer.length);
            throw new WrongFile(
                    "%s begins as %s, expected %s".formatted(name, IdxShape.describe(head), expected.shape()));
        }
        return found;
    }

    private static byte[] content(InputStream in, byte[] header, IdxFile expected, String name) throws IOException {
        byte[] content = new byte[expected.bytes() - header.length];
        int found = in.readNBytes(content, 0, content.length);
        if (found < content.length) {
            throw new WrongFile(
                    "%s ends after %d bytes, expected %d".formatted(name, header.length + found, expected.bytes()));
        }
        if (in.read() != -1) {
            throw new WrongFile("%s holds more than the expected %d bytes".formatted(name, expected.bytes()));
        }
        MessageDigest digest = Sha256.digest();
        digest.update(header);
        String sum = HexFormat.of().formatHex(digest.digest(content));
        if (!sum.equals(expected.sha256())) {
            throw new WrongFile("%s has SHA-256 %s, expected %s".formatted(name, sum, expected.sha256()));
        }
        return content;
    }
}
