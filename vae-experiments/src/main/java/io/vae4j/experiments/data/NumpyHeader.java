package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NumPy array says of itself before its elements
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), held against the length of what follows.
 *
 * @param type NumPy's, such as {@code u1}
 * @param width the bytes of an element
 * @param order in which these are
 * @param shape its axes, the examples first
 * @param length of the header itself, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record NumpyHeader(String type, int width, ByteOrder order, long[] shape, int length) {

    static final String SAVE_ANEW = "save the file anew with numpy.savez";
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*(.+?),\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final Pattern TYPE = Pattern.compile("'([<>|=]?)([a-zA-Z?]\\d*)'");

    /** What is read: a letter for the sort of number, and how many bytes one takes. */
    private static final Set<String> TYPES = Set.of("b1", "u1", "i1", "u2", "i2", "u4", "i4", "f4", "u8", "i8", "f8");

    /**
     * Reads it.
     *
     * @param in holds the array and nothing else
     * @param bytes how long that is
     * @throws WrongFile if it is no array of numbers of that length; the message goes on after the array's name
     */
    static NumpyHeader read(InputStream in, long bytes) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new WrongFile("does not begin as a NumPy array", SAVE_ANEW);
        }
        int sizeBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        byte[] size = in.readNBytes(sizeBytes);
        long length = size.length < sizeBytes ? -1 : unsigned(size);
        if (length < 0 || length > LONGEST) {
            throw new WrongFile("has no header that makes sense", SAVE_ANEW);
        }
        Matcher text = HEADER.matcher(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
        if (!text.matches()) {
            throw new WrongFile("has no header that makes sense", SAVE_ANEW);
        }
        NumpyHeader header = of(text, start.length + sizeBytes + (int) length);
        if (header.contentBytes() != bytes - header.length) {
            throw new WrongFile(
                    "has " + (bytes - header.length) + " bytes of content, and its header says "
                            + header.contentBytes(),
                    SAVE_ANEW);
        }
        return header;
    }

    private static NumpyHeader of(Matcher text, int length) throws WrongFile {
        Matcher type = TYPE.matcher(text.group(1));
        int width = width(type);
        if (text.group(2).equals("True")) {
            throw new WrongFile("is in Fortran's order", "save numpy.ascontiguousarray of it");
        }
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumpyHeader(type.group(2), width, order, shape(text.group(3)), length);
    }

    private static long unsigned(byte[] littleEndian) {
        long value = 0;
        for (int i = littleEndian.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
        }
        return value;
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
            long elements = Arrays.stream(shape).map(axis -> Math.max(axis, 1)).reduce(1, Math::multiplyExact);
            Math.multiplyExact(elements, Long.BYTES);
            if (shape.length > 0) {
                Math.toIntExact(shape[0]);
                Math.toIntExact(elements / Math.max(shape[0], 1));
            }
            return shape;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new WrongFile(
                    "has a header with sizes (" + Reason.line(header) + "), which are too large",
                    "save fewer examples, or smaller ones, up to " + Integer.MAX_VALUE + " of each");
        }
    }

    /** The bytes of all elements. */
    long contentBytes() {
        return Arrays.stream(shape).reduce(width, Math::multiplyExact);
    }

    /** Whether elements lie in the file as examples are kept: unsigned bytes, or floats in this machine's order. */
    boolean isAsExamples() {
        return type.equals("u1") || (type.equals("f4") && order == ByteOrder.nativeOrder());
    }
}
