package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.DataSpec;
import io.vae4j.experiments.recipe.Pixels;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A data set on the device, as bytes, in one array; a batch is a gather, made into numbers there. */
public final class DeviceImages {

    private static final TorchFunction ROWS = TorchFunction.of("index, data", "torch.index_select(data, 0, index)");

    private final NDArray bytes;
    private final NDArray oneHot;
    private final DataSpec spec;

    /**
     * The bytes are copied once; they live as long as {@code owner}.
     *
     * @param event the shape in which the model takes an image
     */
    public DeviceImages(NDManager owner, ImageSet set, Shape event, DataSpec spec) {
        this.spec = spec;
        try (NDArray view =
                owner.create(ByteBuffer.wrap(set.pixels()), new Shape(set.count()).addAll(event), DataType.UINT8)) {
            bytes = view.duplicate();
        }
        try (NDArray labels = owner.create(ByteBuffer.wrap(set.labels()), new Shape(set.count()), DataType.UINT8);
                NDArray classes = labels.toType(DataType.INT64, true)) {
            oneHot = classes.oneHot(ImageSet.CLASSES, DataType.FLOAT32);
        }
    }

    /** How many images there are. */
    public int count() {
        return Math.toIntExact(bytes.getShape().get(0));
    }

    /**
     * Some images as the model sees them, and what it is conditioned on.
     *
     * @param order indices into the set, of which those from {@code from} to {@code to} are taken
     * @param noise for pixels that are drawn
     * @return [B, ...X] and [B, 10], owned by {@code batch}
     */
    public Minibatch batch(NDManager batch, long[] order, int from, int to, Noise noise) {
        try (NDArray index = batch.create(Arrays.copyOfRange(order, from, to))) {
            return new Minibatch(images(index, noise), condition(index));
        }
    }

    private Condition condition(NDArray index) {
        return switch (spec.condition()) {
            case NONE -> Condition.none();
            case LABEL -> Condition.given(ROWS.apply(index, oneHot));
        };
    }

    private NDArray images(NDArray index, Noise noise) {
        try (NDArray rows = ROWS.apply(index, bytes);
                NDArray floats = rows.toType(DataType.FLOAT32, false);
                NDArray white = Ops.scalar(floats, 255)) {
            NDArray gray = floats.div(white);
            return spec.pixels() == Pixels.GRAY ? gray : bits(gray, noise);
        }
    }

    private static NDArray bits(NDArray gray, Noise noise) {
        try (gray;
                NDArray uniform = noise.uniform(gray.getShape(), gray);
                NDArray below = uniform.lt(gray)) {
            return below.toType(DataType.FLOAT32, false);
        }
    }
}
