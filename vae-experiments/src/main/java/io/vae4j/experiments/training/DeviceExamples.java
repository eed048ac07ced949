package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The examples of a split on the device as they are stored, in one array; a batch is a gather, made into numbers there.
 */
public final class DeviceExamples {

    private static final TorchFunction ROWS = TorchFunction.of("index, data", "torch.index_select(data, 0, index)");

    private final NDArray stored;
    private final Optional<NDArray> oneHot;
    private final DataView view;

    /** The values are copied once; they live as long as {@code owner}. */
    public DeviceExamples(NDManager owner, Examples examples, DataView view) {
        this.view = view;
        try (NDArray whole = examples.values().stored(owner)) {
            stored = whole.reshape(new Shape(examples.count()).addAll(view.event()));
        }
        oneHot = view.conditionClasses().stream()
                .mapToObj(classes -> oneHot(owner, examples.labels(), classes))
                .findFirst();
    }

    private static NDArray oneHot(NDManager owner, Labels labels, int classes) {
        if (!(labels instanceof Labels.Classes known)) {
            throw new IllegalArgumentException("the model is conditioned on labels and the examples have none");
        }
        long[] of = Arrays.stream(known.of()).asLongStream().toArray();
        try (NDArray java = owner.create(of);
                NDArray numbers = java.duplicate()) {
            return numbers.oneHot(classes, DataType.FLOAT32);
        }
    }

    /** How many examples there are. */
    public int count() {
        return Math.toIntExact(stored.getShape().get(0));
    }

    /**
     * Some examples as the model sees them, and what it is conditioned on.
     *
     * @param order indices into the split, of which those from {@code from} to {@code to} are taken
     * @param noise for values that are drawn
     * @return [B, ...X] and [B, C], owned by {@code batch}
     */
    public Minibatch batch(NDManager batch, long[] order, int from, int to, Noise noise) {
        try (NDArray index = batch.create(Arrays.copyOfRange(order, from, to))) {
            Condition condition = oneHot.<Condition>map(all -> Condition.given(ROWS.apply(index, all)))
                    .orElseGet(Condition::none);
            return new Minibatch(view.values().apply(levels(index), index, noise), condition);
        }
    }

    /** The first examples, or those from a place on, in their order. */
    public Minibatch range(NDManager batch, int from, int to, Noise noise) {
        long[] order = IntStream.range(from, to).asLongStream().toArray();
        return batch(batch, order, 0, to - from, noise);
    }

    /** Numbers as they are stored, with bytes from 0 to 1. */
    private NDArray levels(NDArray index) {
        NDArray rows = ROWS.apply(index, stored);
        if (stored.getDataType() != DataType.UINT8) {
            return rows;
        }
        try (rows;
                NDArray floats = rows.toType(DataType.FLOAT32, false);
                NDArray white = Ops.scalar(floats, 255)) {
            return floats.div(white);
        }
    }
}
