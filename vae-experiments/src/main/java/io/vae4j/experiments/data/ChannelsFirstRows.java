package io.vae4j.experiments.data;

import java.nio.ByteBuffer;

/**
 * Images that lie with their channels last, [H, W, C], as [C, H, W].
 *
 * @param last as they lie
 * @param element the bytes of a number
 */
record ChannelsFirstRows(Rows last, int channels, int element) implements Rows {

    @Override
    public int count() {
        return last.count();
    }

    @Override
    public int width() {
        return last.width();
    }

    @Override
    public void read(int row, ByteBuffer into) {
        ByteBuffer image = ByteBuffer.allocate(width());
        last.read(row, image);
        int pixels = width() / channels / element;
        for (int to = 0; to < pixels * channels; to++) {
            into.put(image.array(), (to % pixels * channels + to / pixels) * element, element);
        }
    }

    @Override
    public boolean isMapped() {
        return last.isMapped();
    }
}
