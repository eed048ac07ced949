package io.vae4j.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.Aten;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** Copies rows to a device, some at a time: they need not fit into the memory that Java has for itself. */
final class DeviceCopy {

    private static final long PORTION = 64 << 20;

    private DeviceCopy() {}

    /**
     * All rows.
     *
     * @param owner of the array, on whose device it is
     * @param type of an element
     * @param event the shape of a row
     * @return [N, ...event]
     */
    static NDArray of(Rows rows, DataType type, Shape event, NDManager owner) {
        int count = rows.count();
        NDArray all = owner.create(new Shape(count).addAll(event), type);
        int portion = Math.toIntExact(Math.max(1, Math.min(count, PORTION / rows.width())));
        ByteBuffer buffer = ByteBuffer.allocateDirect(portion * rows.width()).order(ByteOrder.nativeOrder());
        for (int from = 0; from < count; from += portion) {
            int to = Math.min(from + portion, count);
            buffer.clear();
            IntStream.range(from, to).forEach(row -> rows.read(row, buffer));
            try (NDArray view = owner.create(buffer.flip(), new Shape(to - from).addAll(event), type);
                    NDArray place = all.get("{}:{}", from, to)) {
                Aten.overwrite(place, view);
            }
        }
        return all;
    }
}
