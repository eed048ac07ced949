package io.vae4j.experiments.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The events of some examples as bytes, a row for each, wherever they lie: in memory, in a file, or chosen of others.
 */
interface Rows {

    /** How many there are. */
    int count();

    /** The bytes of one. */
    int width();

    /** Appends one to a buffer, which moves on; numbers in this machine's byte order, whatever the buffer's is. */
    void read(int row, ByteBuffer into);

    /** Whether they lie in a file, of which the system keeps in memory what is used. */
    boolean isMapped();

    /** How many bytes they are altogether. */
    default long bytes() {
        return (long) count() * width();
    }

    /** The same memory from the same place on, for numbers in this machine's byte order. */
    static ByteBuffer inMachineOrder(ByteBuffer buffer) {
        return buffer.duplicate().order(ByteOrder.nativeOrder());
    }
}
