package io.vae4j.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The events of some examples as they are stored: bytes, which stand for {@code byte / 255}, or floats, which stand for
 * themselves. The memory is shared, not copied (a training set may be large): nobody writes to it.
 */
public final class Values {

    private static final int WHITE = 255;

    private final ByteBuffer data;
    private final DataType type;
    private final int count;
    private final Shape event;
    private final Support support;

    private Values(ByteBuffer data, DataType type, int count, Shape event, Support support) {
        this.data = data;
        this.type = type;
        this.count = count;
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
        return new Values(data.slice(), DataType.UINT8, count, event, Support.BYTE_LEVELS);
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
        return new Values(data.slice(), DataType.UINT8, count, event, Support.BINARY);
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
        Support support = support(floats, event.size());
        return new Values(data.slice().order(ByteOrder.nativeOrder()), DataType.FLOAT32, count, event, support);
    }

    /** How many examples there are. */
    public int count() {
        return count;
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

    /** How many bytes they take. */
    int bytes() {
        return data.limit();
    }

    /** The elements as they are stored, row-major, to be read only. */
    ByteBuffer data() {
        return data.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /** All of them as they are stored, [N, ...event], copied to the manager's device; the manager owns the array. */
    public NDArray stored(NDManager owner) {
        // Java's memory may be moved or freed while the engine still reads it
        try (NDArray view = owner.create(data.duplicate(), new Shape(count).addAll(event), type)) {
            return view.duplicate();
        }
    }

    /** The mean over the examples, each element as the model sees it, [event]. */
    public float[] mean() {
        return type == DataType.UINT8 ? meanOfBytes() : meanOfFloats();
    }

    private float[] meanOfBytes() {
        long[] sums = new long[Math.toIntExact(event.size())];
        for (int i = 0; i < data.limit(); i++) {
            sums[i % sums.length] += Byte.toUnsignedInt(data.get(i));
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / (double) WHITE / count);
        }
        return mean;
    }

    private float[] meanOfFloats() {
        FloatBuffer floats = data.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
        double[] sums = new double[Math.toIntExact(event.size())];
        for (int i = 0; i < floats.limit(); i++) {
            sums[i % sums.length] += floats.get(i);
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / count);
        }
        return mean;
    }

    /** Some of them, in this order, copied. */
    public Values select(int... indices) {
        int row = Math.toIntExact(event.size()) * type.getNumOfBytes();
        ByteBuffer chosen =
                ByteBuffer.allocate(Math.multiplyExact(indices.length, row)).order(ByteOrder.nativeOrder());
        for (int index : indices) {
            chosen.put(data.slice(Math.multiplyExact(index, row), row));
        }
        return new Values(chosen.flip(), type, indices.length, event, support);
    }

    private static void requireSize(int elements, int count, Shape event) {
        if (count < 1 || event.size() < 1) {
            throw new IllegalArgumentException("there are " + count + " examples of shape " + event
                    + "; expected at least one, with at least one element");
        }
        if (elements != Math.multiplyExact((long) count, event.size())) {
            throw new IllegalArgumentException(elements + " elements are not " + count + " examples of " + event);
        }
    }

    private static Support support(FloatBuffer data, long size) {
        boolean unit = true;
        boolean binary = true;
        for (int i = 0; i < data.remaining(); i++) {
            float value = data.get(data.position() + i);
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("element " + i % size + " of example " + i / size + " is " + value);
            }
            unit &= value >= 0 && value <= 1;
            binary &= value == 0 || value == 1;
        }
        return binary ? Support.BINARY : unit ? Support.UNIT_INTERVAL : Support.REAL;
    }
}
