package io.vae4j.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * The events of some examples as they are stored: bytes, which stand for {@code byte / 255}, or floats, which stand for
 * themselves. They lie in memory, which is shared and not copied, or in a file that is mapped: nobody writes to either.
 */
public final class Values {

    private static final int WHITE = 255;

    private final Rows rows;
    private final DataType type;
    private final Shape event;
    private final Support support;

    private Values(Rows rows, DataType type, Shape event, Support support) {
        this.rows = rows;
        this.type = type;
        this.event = event;
        this.support = support;
    }

    /**
     * Unsigned bytes, each of which stands for a level from 0 to 1.
     *
     * @param data [count, ...event], row-major
     * @throws IllegalArgumentException if there is no example or not as many bytes as the shape says
     */
    public static Values ofBytes(ByteBuffer data, int count, Shape event) {
        requireSize(data.remaining(), count, event);
        return new Values(buffered(data, event, DataType.UINT8), DataType.UINT8, event, Support.BYTE_LEVELS);
    }

    /**
     * Unsigned bytes as by {@link #ofBytes}, in a file that need not fit into memory. The file must stay as it is while
     * the values are used.
     *
     * @param file holds [count, ...event], row-major
     * @param offset where they begin in it
     * @throws java.io.EOFException if the file is too short
     */
    public static Values ofMappedBytes(Path file, long offset, int count, Shape event) throws IOException {
        requireSize(Math.multiplyExact(count, event.size()), count, event);
        Rows rows = MappedRows.of(file, offset, count, Math.toIntExact(event.size()));
        return new Values(rows, DataType.UINT8, event, Support.BYTE_LEVELS);
    }

    /**
     * Single-precision numbers as by {@link #ofFloats}, in this machine's byte order, in a file that need not fit into
     * memory. The file must stay as it is while the values are used; it is read through once, here.
     *
     * @param file holds [count, ...event], row-major
     * @param offset where they begin in it
     * @throws java.io.EOFException if the file is too short
     * @throws IllegalArgumentException if one of them is not finite
     */
    public static Values ofMappedFloats(Path file, long offset, int count, Shape event) throws IOException {
        requireSize(Math.multiplyExact(count, event.size()), count, event);
        Rows rows = MappedRows.of(file, offset, count, Math.toIntExact(event.size() * Float.BYTES));
        return of(rows, DataType.FLOAT32, event);
    }

    /**
     * Bits, a byte each: 0, or 255 for 1.
     *
     * @param data [count, ...event], row-major
     * @throws IllegalArgumentException if there is no example, not as many bytes as the shape says, or one between
     */
    public static Values ofBits(ByteBuffer data, int count, Shape event) {
        requireSize(data.remaining(), count, event);
        for (int i = data.position(); i < data.limit(); i++) {
            if (data.get(i) != 0 && data.get(i) != (byte) WHITE) {
                throw new IllegalArgumentException(
                        "byte " + i + " is " + Byte.toUnsignedInt(data.get(i)) + ", neither 0 nor 255");
            }
        }
        return new Values(buffered(data, event, DataType.UINT8), DataType.UINT8, event, Support.BINARY);
    }

    /**
     * Single-precision numbers. Which values they take is looked up once, here.
     *
     * @param data [count, ...event], row-major
     * @throws IllegalArgumentException if there is no example, not as many numbers as the shape says, or one that is
     *     not finite
     */
    public static Values ofFloats(FloatBuffer data, int count, Shape event) {
        requireSize(data.remaining(), count, event);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(data.remaining(), Float.BYTES))
                .order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(data.slice());
        return ofStoredFloats(bytes, count, event);
    }

    /** As {@link #ofFloats}, of numbers in this machine's order, which are not copied. */
    static Values ofStoredFloats(ByteBuffer data, int count, Shape event) {
        FloatBuffer floats = data.asFloatBuffer();
        requireSize(floats.remaining(), count, event);
        Rows rows = buffered(data, event, DataType.FLOAT32);
        return of(rows, DataType.FLOAT32, event);
    }

    /** Of rows that lie as examples are kept; of floats, which values they take is looked up here. */
    static Values of(Rows rows, DataType type, Shape event) {
        return new Values(rows, type, event, type == DataType.UINT8 ? Support.BYTE_LEVELS : FloatSupport.of(rows));
    }

    private static Rows buffered(ByteBuffer data, Shape event, DataType type) {
        return new BufferedRows(data.slice(), Math.toIntExact(event.size() * type.getNumOfBytes()));
    }

    /** How many examples there are. */
    public int count() {
        return rows.count();
    }

    /** The shape of one, [C, H, W] or [D]. */
    public Shape event() {
        return event;
    }

    /** How an element is stored: UINT8 or FLOAT32. */
    public DataType type() {
        return type;
    }

    /** Which values the elements take, as the model sees them. */
    public Support support() {
        return support;
    }

    /** How many bytes they take, wherever they lie. */
    public long bytes() {
        return rows.bytes();
    }

    /** Whether they lie in a file, of which the system keeps in memory what is used. */
    public boolean isMapped() {
        return rows.isMapped();
    }

    /** The bytes of one example. */
    public int exampleBytes() {
        return rows.width();
    }

    /** Appends an example as it is stored, row-major and in this machine's byte order, to a buffer, which moves on. */
    public void read(int example, ByteBuffer into) {
        rows.read(example, into);
    }

    /** All of them as they are stored, [N, ...event], copied to the manager's device; the manager owns the array. */
    public NDArray stored(NDManager owner) {
        return DeviceCopy.of(rows, type, event, owner);
    }

    /** The mean over the examples, each element as the model sees it, [event]. */
    public float[] mean() {
        double[] sums = new double[Math.toIntExact(event.size())];
        ByteBuffer row = ByteBuffer.allocate(rows.width()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count(); i++) {
            rows.read(i, row.clear());
            add(row.flip(), sums);
        }
        double scale = type == DataType.UINT8 ? WHITE : 1;
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / scale / count());
        }
        return mean;
    }

    private void add(ByteBuffer row, double... sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += type == DataType.UINT8 ? Byte.toUnsignedInt(row.get(i)) : row.getFloat(i * Float.BYTES);
        }
    }

    /** Some of them, in this order; they share the memory of these. */
    public Values select(int... indices) {
        return new Values(new ChosenRows(rows, indices.clone()), type, event, support);
    }

    private static void requireSize(long elements, int count, Shape event) {
        if (count < 1 || event.size() < 1) {
            throw new IllegalArgumentException("there are " + count + " examples of shape " + event
                    + "; expected at least one, with at least one element");
        }
        if (elements != Math.multiplyExact((long) count, event.size())) {
            throw new IllegalArgumentException(elements + " elements are not " + count + " examples of " + event);
        }
    }
}
