package io.vae4j.experiments.data;

import java.nio.ByteBuffer;

/**
 * Some rows of others, which are not copied.
 *
 * @param chosen their places among all, in this order
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record ChosenRows(Rows all, int[] chosen) implements Rows {

    @Override
    public int count() {
        return chosen.length;
    }

    @Override
    public int width() {
        return all.width();
    }

    @Override
    public void read(int row, ByteBuffer into) {
        all.read(chosen[row], into);
    }

    @Override
    public boolean isMapped() {
        return all.isMapped();
    }
}
