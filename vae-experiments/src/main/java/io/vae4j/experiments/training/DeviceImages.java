package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.Pixels;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A data set on the device, as bytes, in one array; a batch is a gather, made into numbers there. */
final class DeviceImages {

    private static final TorchFunction ROWS = TorchFunction.of("index, data", "torch.index_select(data, 0, index)");

    private final NDArray bytes;
    private final Pixels pixels;

    /** The bytes are copied once; they live as long as {@code owner}. */
    DeviceImages(NDManager owner, ImageSet set, Pixels pixels) {
        this.pixels = pixels;
        Shape shape = new Shape(set.count(), (long) set.height() * set.width());
        try (NDArray view = owner.create(ByteBuffer.wrap(set.pixels()), shape, DataType.UINT8)) {
            bytes = view.duplicate();
        }
    }

    int count() {
        return Math.toIntExact(bytes.getShape().get(0));
    }

    /**
     * Some images as the model sees them.
     *
     * @param order indices into the set, of which those from {@code from} to {@code to} are taken
     * @param noise for pixels that are drawn
     * @return [B, D], owned by {@code batch}
     */
    NDArray batch(NDManager batch, long[] order, int from, int to, Noise noise) {
        try (NDArray index = batch.create(Arrays.copyOfRange(order, from, to));
                NDArray rows = ROWS.apply(index, bytes);
                NDArray floats = rows.toType(DataType.FLOAT32, false);
                NDArray white = Ops.scalar(floats, 255)) {
            NDArray grey = floats.div(white);
            return pixels == Pixels.GREY ? grey : bits(grey, noise);
        }
    }

    private static NDArray bits(NDArray grey, Noise noise) {
        try (grey;
                NDArray uniform = noise.uniform(grey.getShape(), grey);
                NDArray below = uniform.lt(grey)) {
            return below.toType(DataType.FLOAT32, false);
        }
    }
}
