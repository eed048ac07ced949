package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One array in NumPy's format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), which nobody
 * vouches for: the header is checked against the file's length before anything is allocated, and Python objects, which
 * only a pickle can hold, are refused.
 *
 * @param type NumPy's, such as {@code u1}
 * @param shape its axes, the examples first
 * @param data the elements as they are stored, in row-major order and with the type's byte order; none of an array that
 *     is mapped
 * @param mapped the examples in their file, of an array that takes more memory than there is
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record NumpyArray(String type, long[] shape, ByteBuffer data, Optional<Rows> mapped) {

    /** How many elements are converted at once. */
    private static final int PORTION = 1 << 14;

    /** How elements are kept. */
    enum Elements {
        AS_STORED,
        /** Unsigned bytes as they are, and all others as single-precision numbers in this machine's order. */
        AS_EXAMPLES
    }

    /**
     * Reads an array.
     *
     * @param in holds the array and nothing else
     * @param bytes how long it is
     * @param room for what is kept of it
     * @throws WrongFile if it is no such array; the message goes on after the array's name
     */
    static NumpyArray read(InputStream in, long bytes, Elements kept, HeapRoom room) throws IOException {
        NumpyHeader header = NumpyHeader.read(in, bytes);
        NumpyArray read;
        if (kept == Elements.AS_STORED || header.isAsExamples()) {
            read = new NumpyArray(
                    header.type(),
                    header.shape(),
                    filled(in, room.take(header.contentBytes())).order(header.order()),
                    Optional.empty());
        } else {
            read = new NumpyArray("f4", header.shape(), floats(in, header, room), Optional.empty());
        }
        if (in.read() != -1) {
            throw new WrongFile("is not as long as it says", NumpyHeader.SAVE_ANEW);
        }
        return read;
    }

    private static ByteBuffer filled(InputStream in, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        // InputStream.readNBytes(int) would hold everything twice
        if (in.readNBytes(content, 0, bytes) < bytes) {
            throw new WrongFile("is not as long as it says", NumpyHeader.SAVE_ANEW);
        }
        return ByteBuffer.wrap(content);
    }

    /** Converts elements while they are read: no more of them than a portion are in memory twice. */
    private static ByteBuffer floats(InputStream in, NumpyHeader header, HeapRoom room) throws IOException {
        long count = header.contentBytes() / header.width();
        ByteBuffer floats = ByteBuffer.allocate(room.take(count * Float.BYTES)).order(ByteOrder.nativeOrder());
        for (long from = 0; from < count; from += PORTION) {
            int portion = (int) Math.min(PORTION, count - from);
            ByteBuffer stored = filled(in, portion * header.width()).order(header.order());
            NumpyArray part = new NumpyArray(header.type(), new long[] {portion}, stored, Optional.empty());
            for (int i = 0; i < portion; i++) {
                floats.putFloat((float) part.number(i));
            }
        }
        return floats.flip();
    }

    /**
     * An array that stays in its file, whose elements must lie there as examples are kept.
     *
     * @throws java.io.EOFException if the file is shorter than the header says
     */
    static NumpyArray mapped(Path file, NumpyHeader header) throws IOException {
        int count = Math.toIntExact(header.shape()[0]);
        int example = Math.toIntExact(header.contentBytes() / count);
        Rows rows = MappedRows.of(file, header.length(), count, example);
        return new NumpyArray(header.type(), header.shape(), ByteBuffer.allocate(0), Optional.of(rows));
    }

    /** As a double, which rounds it. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1);
    }

    /** How many elements there are; none where an axis is empty, however long the others are. */
    long elements() {
        boolean empty = Arrays.stream(shape).anyMatch(axis -> axis == 0);
        return empty ? 0 : Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** The examples, a row for each. */
    Rows rows() {
        return mapped.orElseGet(() -> new BufferedRows(data, Math.toIntExact(data.limit() / shape[0])));
    }

    /** Whether its elements are unsigned bytes. */
    boolean isBytes() {
        return type.equals("u1");
    }

    /** One element, in row-major order. */
    double number(int i) {
        return switch (type) {
            case "b1" -> data.get(i) == 0 ? 0 : 1;
            case "u1" -> Byte.toUnsignedInt(data.get(i));
            case "i1" -> data.get(i);
            case "u2" -> Short.toUnsignedInt(data.getShort(i * Short.BYTES));
            case "i2" -> data.getShort(i * Short.BYTES);
            case "u4" -> Integer.toUnsignedLong(data.getInt(i * Integer.BYTES));
            case "i4" -> data.getInt(i * Integer.BYTES);
            case "u8" -> unsigned(data.getLong(i * Long.BYTES));
            case "i8" -> data.getLong(i * Long.BYTES);
            case "f4" -> data.getFloat(i * Float.BYTES);
            case "f8" -> data.getDouble(i * Double.BYTES);
            default -> throw new IllegalStateException("no width is known of " + type);
        };
    }
}
