package io.vae4j.experiments.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * <p>Nothing is allocated before the header is the expected one, or agrees with the file's length. Content and checksum
 * come from one pass over the file.
 */
final class Idx {

    private static final int GZIP_BUFFER = 1 << 16;
    private static final String PACKED = ".gz";

    private Idx() {}

    /**
     * A file that must be the expected one: {@code folder/name}, or {@code folder/name.gz} unpacked.
     *
     * @throws WrongFile if it is missing or is another file than expected
     * @throws IOException if it cannot be read
     */
    static IdxContent read(Path folder, IdxFile expected) throws IOException {
        Path raw = folder.resolve(expected.name());
        Path packed = folder.resolve(expected.name() + PACKED);
        if (!Files.isRegularFile(raw) && !Files.isRegularFile(packed)) {
            throw new WrongFile(expected.name() + " is missing");
        }
        IdxContent content = opened(Files.isRegularFile(raw) ? raw : packed, (in, name, length) -> {
            byte[] header = header(in, expected, name);
            if (length >= 0 && length != expected.bytes()) {
                throw new WrongFile("%s has %d bytes, expected %d".formatted(name, length, expected.bytes()));
            }
            return content(in, header, expected.shape(), new byte[expected.bytes() - header.length], name);
        });
        if (!content.sha256().equals(expected.sha256())) {
            throw new WrongFile(
                    "%s has SHA-256 %s, expected %s".formatted(expected.name(), content.sha256(), expected.sha256()));
        }
        return content;
    }

    /**
     * Any file of unsigned bytes.
     *
     * @param room for its content
     * @throws WrongFile if it is none, or its header does not agree with its length
     */
    static IdxContent read(Path file, HeapRoom room) throws IOException {
        return opened(file, (in, name, length) -> {
            byte[] start = in.readNBytes(Integer.BYTES);
            int axes = start.length < Integer.BYTES ? 0 : Byte.toUnsignedInt(start[Integer.BYTES - 1]);
            byte[] header = Arrays.copyOf(start, Integer.BYTES * (1 + Math.min(axes, IdxShape.MAX_RANK)));
            int sizes = in.readNBytes(header, start.length, header.length - start.length);
            IdxShape shape = IdxShape.parse(Arrays.copyOf(header, start.length + sizes))
                    .orElseThrow(() -> new WrongFile(
                            name + " begins as " + IdxShape.describe(header) + ", not as an IDX file of bytes",
                            "give a file of unsigned bytes in IDX format"));
            requireLength(file, shape, name, length);
            return content(in, header, shape, new byte[taken(shape, room, name)], name);
        });
    }

    private static int taken(IdxShape shape, HeapRoom room, String name) throws WrongFile {
        try {
            return room.take(shape.contentBytes());
        } catch (WrongFile e) {
            throw e.after(name);
        }
    }

    private static void requireLength(Path file, IdxShape shape, String name, long length) throws IOException {
        long expected = shape.fileBytes();
        // a packed file ends with its unpacked length modulo 2^32
        long found = length >= 0 ? length : unpackedLength(file);
        long comparable = length >= 0 ? expected : expected & 0xFFFF_FFFFL;
        if (found != comparable) {
            throw new WrongFile(
                    name + " has " + found + " bytes, and its header says " + shape + ", which takes " + expected,
                    "copy it anew, or see whether it is an IDX file");
        }
    }

    private static long unpackedLength(Path packed) throws IOException {
        byte[] last = new byte[Integer.BYTES];
        try (RandomAccessFile in = new RandomAccessFile(packed.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - last.length));
            in.readFully(last);
        }
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    /** Whether {@link #read(Path, IdxFile)} would find a file to read. */
    static boolean exists(Path folder, IdxFile expected) {
        return Files.isRegularFile(folder.resolve(expected.name()))
                || Files.isRegularFile(folder.resolve(expected.name() + PACKED));
    }

    private interface Look {
        /**
         * Reads what is there.
         *
         * @param length of the file; negative if it is packed
         */
        IdxContent at(InputStream in, String name, long length) throws IOException;
    }

    private static IdxContent opened(Path file, Look look) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(PACKED)) {
            try (InputStream in = Files.newInputStream(file)) {
                return look.at(in, name, Files.size(file));
            }
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), GZIP_BUFFER)) {
            return look.at(in, name, -1);
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

    private static IdxContent content(InputStream in, byte[] header, IdxShape shape, byte[] content, String name)
            throws IOException {
        long expected = shape.fileBytes();
        int found = in.readNBytes(content, 0, content.length);
        if (found < content.length) {
            throw new WrongFile("%s ends after %d bytes, expected %d".formatted(name, header.length + found, expected));
        }
        if (in.read() != -1) {
            throw new WrongFile("%s holds more than the expected %d bytes".formatted(name, expected));
        }
        MessageDigest digest = Sha256.digest();
        digest.update(header);
        return new IdxContent(shape, content, HexFormat.of().formatHex(digest.digest(content)));
    }
}
