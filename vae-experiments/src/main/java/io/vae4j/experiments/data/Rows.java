package io.vae4j.experiments.data;

import java.nio.ByteBuffer;

/**
 * The events of some examples as bytes, a row for each, wherever they lie: in memory, in a file, or chosen of others.
 */
interface Rows {

    /** How many there are. */
    int count();

    /** The bytes of one. */
    int width();

    /** Appends one to a buffer, which moves on. */
    void read(int row, ByteBuffer into);

    /** Whether they lie in a file, of which the system keeps in memory what is used. */
    boolean isMapped();

    /** How many bytes they are altogether. */
    default long bytes() {
        return (long) count() * width();
    }
}
