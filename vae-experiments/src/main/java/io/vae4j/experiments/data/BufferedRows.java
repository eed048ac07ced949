package io.vae4j.experiments.data;

import java.nio.ByteBuffer;

/**
 * Rows in one piece of memory, which is shared and not written to.
 *
 * @param data from its start to its limit, a multiple of the width
 */
record BufferedRows(ByteBuffer data, int width) implements Rows {

    @Override
    public int count() {
        return data.limit() / width;
    }

    @Override
    public void read(int row, ByteBuffer into) {
        into.put(data.slice(row * width, width));
    }

    @Override
    public boolean isMapped() {
        return false;
    }
}
