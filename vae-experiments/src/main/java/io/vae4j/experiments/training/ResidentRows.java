package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.experiments.data.Values;
import java.time.Duration;

/** Examples that lie on the device in one array, copied there once; a batch is a gather. */
final class ResidentRows implements StoredRows {

    private static final TorchFunction ROWS = TorchFunction.of("index, data", "torch.index_select(data, 0, index)");

    private final NDArray stored;

    /**
     * Copies them.
     *
     * @param owner of the array
     * @param event the shape in which the model takes an example
     */
    ResidentRows(NDManager owner, Values values, Shape event) {
        try (NDArray whole = values.stored(owner)) {
            stored = whole.reshape(new Shape(values.count()).addAll(event));
        }
    }

    @Override
    public int count() {
        return Math.toIntExact(stored.getShape().get(0));
    }

    @Override
    public DataType type() {
        return stored.getDataType();
    }

    @Override
    public NDArray rows(NDArray index, long[] order, int from, int to) {
        return gathered(index, stored);
    }

    /** Rows of an array on the device; the index owns them. */
    static NDArray gathered(NDArray index, NDArray all) {
        return ROWS.apply(index, all);
    }

    @Override
    public Duration waited() {
        return Duration.ZERO;
    }
}
