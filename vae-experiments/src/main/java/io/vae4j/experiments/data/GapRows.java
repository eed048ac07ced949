package io.vae4j.experiments.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Rows of floats, some of which are NaN: these are missing, and are read as 0.
 *
 * @param floats in this machine's byte order
 */
record GapRows(Rows floats) implements Rows, Missing {

    @Override
    public int count() {
        return floats.count();
    }

    @Override
    public int width() {
        return floats.width();
    }

    @Override
    public void read(int row, ByteBuffer into) {
        ByteBuffer numbers = Rows.inMachineOrder(into);
        floats.read(row, into);
        for (int at = numbers.position(); at < into.position(); at += Float.BYTES) {
            if (Float.isNaN(numbers.getFloat(at))) {
                numbers.putFloat(at, 0);
            }
        }
    }

    @Override
    public boolean isMapped() {
        return floats.isMapped();
    }

    @Override
    public BitSet of(int example) {
        ByteBuffer row = ByteBuffer.allocate(width()).order(ByteOrder.nativeOrder());
        floats.read(example, row);
        return Missing.where(width() / Float.BYTES, element -> Float.isNaN(row.getFloat(element * Float.BYTES)));
    }
}
