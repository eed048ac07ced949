package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array in NumPy's format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), which nobody
 * vouches for: the header is checked against the file's length before anything is allocated, and Python objects, which
 * only a pickle can hold, are refused.
 *
 * @param type NumPy's, such as {@code u1}
 * @param shape its axes, the examples first
 * @param data the elements as they are stored, in row-major order and with the type's byte order
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record NumpyArray(String type, long[] shape, ByteBuffer data) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final String SAVE_ANEW = "save the file anew with numpy.savez";
    /** How many elements are converted at once. */
    private static final int PORTION = 1 << 14;

    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*(.+?),\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final Pattern TYPE = Pattern.compile("'([<>|=]?)([a-zA-Z?]\\d*)'");

    /** What is read: a letter for the sort of number, and how many bytes one takes. */
    private static final Set<String> TYPES = Set.of("b1", "u1", "i1", "u2", "i2", "u4", "i4", "f4", "u8", "i8", "f8");

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
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new WrongFile("does not begin as a NumPy array", SAVE_ANEW);
        }
        int sizeBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        byte[] size = in.readNBytes(sizeBytes);
        long length = size.length < sizeBytes ? -1 : unsigned(size);
        if (length < 0 || length > LONGEST_HEADER) {
            throw new WrongFile("has no header that makes sense", SAVE_ANEW);
        }
        Matcher header = HEADER.matcher(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
        if (!header.matches()) {
            throw new WrongFile("has no header that makes sense", SAVE_ANEW);
        }
        return content(in, bytes - start.length - sizeBytes - length, header, kept, room);
    }

    private static long unsigned(byte[] littleEndian) {
        long value = 0;
        for (int i = littleEndian.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
        }
        return value;
    }

    private static NumpyArray content(InputStream in, long bytes, Matcher header, Elements kept, HeapRoom room)
            throws IOException {
        Matcher type = TYPE.matcher(header.group(1));
        int width = width(type);
        if (header.group(2).equals("True")) {
            throw new WrongFile("is in Fortran's order", "save numpy.ascontiguousarray of it");
        }
        long[] shape = shape(header.group(3));
        long expected = Arrays.stream(shape).reduce(width, Math::multiplyExact);
        if (expected != bytes) {
            throw new WrongFile("has " + bytes + " bytes of content, and its header says " + expected, SAVE_ANEW);
        }
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        String name = type.group(2);
        boolean floats = name.equals("f4") && order == ByteOrder.nativeOrder();
        NumpyArray read = kept == Elements.AS_STORED || name.equals("u1") || floats
                ? new NumpyArray(name, shape, filled(in, room.take(expected)).order(order))
                : new NumpyArray(
                        "f4",
                        shape,
                        floats(
                                in,
                                new NumpyArray(
                                        name, shape, ByteBuffer.allocate(0).order(order)),
                                width,
                                room));
        if (in.read() != -1) {
            throw new WrongFile("is not as long as it says", SAVE_ANEW);
        }
        return read;
    }

    private static ByteBuffer filled(InputStream in, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        // InputStream.readNBytes(int) would hold everything twice
        if (in.readNBytes(content, 0, bytes) < bytes) {
            throw new WrongFile("is not as long as it says", SAVE_ANEW);
        }
        return ByteBuffer.wrap(content);
    }

    /** Converts elements while they are read: no more of them than a portion are in memory twice. */
    private static ByteBuffer floats(InputStream in, NumpyArray form, int width, HeapRoom room) throws IOException {
        int count = form.elements();
        ByteBuffer floats =
                ByteBuffer.allocate(room.take((long) count * Float.BYTES)).order(ByteOrder.nativeOrder());
        for (int from = 0; from < count; from += PORTION) {
            int portion = Math.min(PORTION, count - from);
            ByteBuffer stored = filled(in, portion * width).order(form.data().order());
            NumpyArray part = new NumpyArray(form.type(), new long[] {portion}, stored);
            for (int i = 0; i < portion; i++) {
                floats.putFloat((float) part.number(i));
            }
        }
        return floats.flip();
    }

    /** The bytes of an element; only what is known has a size to trust. */
    private static int width(Matcher type) throws WrongFile {
        if (!type.matches() || type.group(2).startsWith("O")) {
            throw new WrongFile(
                    "holds " + (type.matches() ? "Python objects" : "records") + ", not numbers",
                    "save one array of numbers, as by numpy.stack of examples that have one shape");
        }
        String name = type.group(2);
        if (!TYPES.contains(name)) {
            throw new WrongFile("has elements of type " + Reason.line(name), "save it as uint8 or float32");
        }
        return Integer.parseInt(name.substring(1));
    }

    /** The axes, none of which makes sizes overflow, also where another one is 0. */
    private static long[] shape(String header) throws WrongFile {
        try {
            long[] shape = Arrays.stream(header.split("[, ]+"))
                    .filter(axis -> !axis.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
            Math.toIntExact(Arrays.stream(shape).map(axis -> Math.max(axis, 1)).reduce(1, Math::multiplyExact));
            return shape;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new WrongFile(
                    "has a header with sizes (" + Reason.line(header) + "), which are too large",
                    "save fewer elements, up to " + Integer.MAX_VALUE);
        }
    }

    /** How many elements there are. */
    int elements() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
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
            case "u8", "i8" -> data.getLong(i * Long.BYTES);
            case "f4" -> data.getFloat(i * Float.BYTES);
            case "f8" -> data.getDouble(i * Double.BYTES);
            default -> throw new IllegalStateException("no width is known of " + type);
        };
    }
}
