package io.vae4j.spark.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;

/** How the elements of examples are kept on their way from rows to the model. */
enum Storage {
    /** A byte, which stands for a level from 0 to 1. */
    LEVELS(1, Support.BYTE_LEVELS) {
        @Override
        Values values(ByteBuffer data, int count, Shape event) {
            return Values.ofBytes(data, count, event);
        }
    },
    /** A byte, 0 or 255. */
    BITS(1, Support.BINARY) {
        @Override
        Values values(ByteBuffer data, int count, Shape event) {
            return Values.ofBits(data, count, event);
        }
    },
    /** A float, which stands for itself. */
    NUMBERS(Float.BYTES, Support.BINARY) {
        @Override
        Values values(ByteBuffer data, int count, Shape event) {
            return Values.ofFloats(data.asFloatBuffer(), count, event);
        }
    };

    private final int width;
    private final Support narrowest;

    Storage(int width, Support narrowest) {
        this.width = width;
        this.narrowest = narrowest;
    }

    /** The bytes of an element. */
    int width() {
        return width;
    }

    /** What is known of the values before any is read: they may be more than these. */
    Support narrowest() {
        return narrowest;
    }

    /**
     * The examples.
     *
     * @param data [count, ...event], row-major, in this machine's byte order
     * @throws IllegalArgumentException if a number is not finite
     */
    abstract Values values(ByteBuffer data, int count, Shape event);
}
