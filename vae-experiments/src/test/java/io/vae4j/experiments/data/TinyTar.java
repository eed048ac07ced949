package io.vae4j.experiments.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives of the plain kind that npm publishes, as bytes of which nothing is hidden by a library. */
final class TinyTar {

    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TinyTar file(String name, byte[] content) {
        out.writeBytes(header(name, content.length, '0', ""));
        out.writeBytes(content);
        out.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
        return this;
    }

    TinyTar symbolicLink(String name, String target) {
        out.writeBytes(header(name, 0, '2', target));
        return this;
    }

    /** The right four files, in the folder that the tests use. */
    TinyTar tinySet() {
        TinySet.SET.files().forEach(file -> file("package/data/" + file.name(), TinySet.bytes(file)));
        return this;
    }

    byte[] gzip() {
        byte[] entries = out.toByteArray();
        return TinySet.gzip(Arrays.copyOf(entries, entries.length + 2 * BLOCK));
    }

    private static byte[] header(String name, int size, char type, String link) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, SIZE_AT, "%011o".formatted(size));
        put(header, CHECKSUM_AT, "        ");
        header[TYPE_AT] = (byte) type;
        put(header, LINK_AT, link);
        put(header, MAGIC_AT, "ustar\000");
        int sum = 0;
        for (byte value : header) {
            sum += Byte.toUnsignedInt(value);
        }
        put(header, CHECKSUM_AT, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
