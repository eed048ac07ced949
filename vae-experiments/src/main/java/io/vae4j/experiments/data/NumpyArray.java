package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array in NumPy's format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), which nobody
 * vouches for: the header is checked against the file's length before anything is allocated, and Python objects, which
 * only a pickle can hold, are refused.
 *
 * @param type NumPy's, such as {@code |u1}
 * @param shape its axes, the examples first
 * @param data the elements as they are stored, in row-major order and with the type's byte order
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record NumpyArray(String type, long[] shape, ByteBuffer data) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*(.+?),\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final Pattern TYPE = Pattern.compile("'([<>|=]?)([a-zA-Z?])(\\d*)'");

    /**
     * Reads an array.
     *
     * @param in holds the array and nothing else
     * @param bytes how long it is
     * @throws WrongFile if it is no such array; the message goes on after the array's name
     */
    static NumpyArray read(InputStream in, long bytes) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new WrongFile("does not begin as a NumPy array");
        }
        int sizeBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        byte[] size = in.readNBytes(sizeBytes);
        long length = size.length < sizeBytes ? -1 : unsigned(size);
        if (length < 0 || length > LONGEST_HEADER) {
            throw new WrongFile("has no header that makes sense");
        }
        Matcher header = HEADER.matcher(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
        if (!header.matches()) {
            throw new WrongFile("has no header that makes sense");
        }
        return content(in, bytes - start.length - sizeBytes - length, header);
    }

    private static long unsigned(byte[] littleEndian) {
        long value = 0;
        for (int i = littleEndian.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
        }
        return value;
    }

    private static NumpyArray content(InputStream in, long bytes, Matcher header) throws IOException {
        Matcher type = TYPE.matcher(header.group(1));
        if (!type.matches() || type.group(2).equals("O")) {
            throw new WrongFile("holds " + (type.matches() ? "Python objects" : "records") + ", not numbers");
        }
        if (header.group(2).equals("True")) {
            throw new WrongFile("is in Fortran's order; save numpy.ascontiguousarray of it");
        }
        long[] shape = Arrays.stream(header.group(3).split("[, ]+"))
                .filter(axis -> !axis.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        int element = type.group(3).isEmpty() ? 1 : Integer.parseInt(type.group(3));
        long width = type.group(2).equals("U") ? (long) Integer.BYTES * element : element;
        long expected = size(shape, width);
        if (expected != bytes) {
            throw new WrongFile("has " + bytes + " bytes of content, and its header says " + expected);
        }
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2);
        if (expected > most) {
            throw new WrongFile("has " + expected + " bytes, and " + most
                    + " are the most that fit; give Java more memory, as by VAE_JAVA_OPTS=-Xmx8g");
        }
        byte[] content = in.readNBytes((int) expected);
        if (content.length < expected || in.read() != -1) {
            throw new WrongFile("is not as long as it says");
        }
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumpyArray(
                type.group(2) + element, shape, ByteBuffer.wrap(content).order(order));
    }

    private static long size(long[] shape, long width) throws WrongFile {
        try {
            return Arrays.stream(shape).reduce(width, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new WrongFile("has a header with sizes " + Arrays.toString(shape) + ", which are too large");
        }
    }

    /** How many elements there are, or characters for text. */
    private int elements() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /** Whether its elements are unsigned bytes. */
    boolean isBytes() {
        return type.equals("u1");
    }

    /** Its elements as single-precision numbers. */
    FloatBuffer floats() throws WrongFile {
        FloatBuffer floats = FloatBuffer.allocate(elements());
        for (int i = 0; i < floats.capacity(); i++) {
            floats.put(i, (float) number(i));
        }
        return floats;
    }

    /** Its elements as whole numbers. */
    int[] wholeNumbers() throws WrongFile {
        int[] numbers = new int[elements()];
        for (int i = 0; i < numbers.length; i++) {
            double value = number(i);
            if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
                throw new WrongFile("has " + value + " at place " + i + ", which is no whole number");
            }
            numbers[i] = (int) value;
        }
        return numbers;
    }

    private double number(int i) throws WrongFile {
        return switch (type) {
            case "b1", "?1" -> data.get(i) == 0 ? 0 : 1;
            case "u1" -> Byte.toUnsignedInt(data.get(i));
            case "i1" -> data.get(i);
            case "u2" -> Short.toUnsignedInt(data.getShort(i * Short.BYTES));
            case "i2" -> data.getShort(i * Short.BYTES);
            case "u4" -> Integer.toUnsignedLong(data.getInt(i * Integer.BYTES));
            case "i4" -> data.getInt(i * Integer.BYTES);
            case "u8", "i8" -> data.getLong(i * Long.BYTES);
            case "f4" -> data.getFloat(i * Float.BYTES);
            case "f8" -> data.getDouble(i * Double.BYTES);
            default -> throw new WrongFile("has elements of type " + type + "; save it as uint8 or float32");
        };
    }
}
