package io.vae4j.experiments.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The shape that the header of an IDX file of unsigned bytes declares.
 *
 * @param sizes items first, then the axes of one item; none is negative
 */
public record IdxShape(List<Integer> sizes) {

    private static final int UNSIGNED_BYTES = 0x0800;
    private static final int GZIP = 0x1f8b;
    static final int MAX_RANK = 4;

    /** Checks the sizes. */
    public IdxShape {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || sizes.size() > MAX_RANK || sizes.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("not the shape of an IDX file: " + sizes);
        }
    }

    /** The shape of {@code count} images. */
    public static IdxShape images(int count, int height, int width) {
        return new IdxShape(List.of(count, height, width));
    }

    /** The shape of {@code count} labels. */
    public static IdxShape labels(int count) {
        return new IdxShape(List.of(count));
    }

    /** The first four bytes, big-endian: element type and number of axes, such as 2051 for images. */
    public int magic() {
        return UNSIGNED_BYTES + sizes.size();
    }

    /** Number of items. */
    public int count() {
        return sizes.get(0);
    }

    /** Length of the header in bytes. */
    public int headerBytes() {
        return Integer.BYTES * (1 + sizes.size());
    }

    /** Length of what follows the header, in bytes; the largest number where that is too small. */
    public long contentBytes() {
        BigInteger bytes = sizes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        return bytes.bitLength() < Long.SIZE - 1 ? bytes.longValue() : Long.MAX_VALUE - headerBytes();
    }

    /** Length of the whole file in bytes. */
    public long fileBytes() {
        return Math.addExact(headerBytes(), contentBytes());
    }

    /** The header itself. */
    byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(headerBytes()).putInt(magic());
        sizes.forEach(header::putInt);
        return header.array();
    }

    /** What the first bytes of an untrusted file say in words. */
    static String describe(byte[] head) {
        if (head.length < Integer.BYTES) {
            return head.length + " bytes";
        }
        int magic = ByteBuffer.wrap(head).getInt();
        String gzip = magic >>> Short.SIZE == GZIP ? " (gzip data in a file not named .gz)" : "";
        return parse(head).map(IdxShape::toString).orElse("magic " + magic + gzip);
    }

    /** What the header at the beginning of some bytes says, if it is one and whole. */
    static Optional<IdxShape> parse(byte[] head) {
        if (head.length < Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(head);
        int rank = buffer.getInt() - UNSIGNED_BYTES;
        if (rank < 1 || rank > MAX_RANK || buffer.remaining() < Integer.BYTES * rank) {
            return Optional.empty();
        }
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            sizes.add(buffer.getInt());
        }
        return sizes.stream().anyMatch(size -> size < 0) ? Optional.empty() : Optional.of(new IdxShape(sizes));
    }

    /** In words, such as "60000 x 28 x 28 images (magic 2051)". */
    @Override
    public String toString() {
        String what = switch (sizes.size()) {
            case 1 -> "labels";
            case 3 -> "images";
            default -> "items";
        };
        String size = sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
        return "%s %s (magic %d)".formatted(size, what, magic());
    }
}
