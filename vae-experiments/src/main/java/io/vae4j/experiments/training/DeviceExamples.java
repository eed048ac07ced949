package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Excerpt;
import io.vae4j.experiments.data.Labels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The examples of a split as a model sees them, batch by batch. They lie on the device, where a batch is a gather, or
 * on the host if they are too many, see {@link Placement}; what is stored becomes numbers on the device.
 */
public final class DeviceExamples {

    private final StoredRows stored;
    private final Optional<NDArray> oneHot;
    private final DataView view;
    /** One array for all batches in the examples' own order, so that what follows a batch is known. */
    private final long[] ownOrder;

    private final Memoized<NDArray> ownPlaces;
    private final NDManager owner;
    private final Excerpt excerpt;
    private Optional<Uploaded> uploaded = Optional.empty();

    /** An order on the device: it is copied there once, and not batch by batch. */
    @SuppressWarnings("ArrayRecordComponent") // by identity
    private record Uploaded(long[] order, NDArray places) {}

    /** The values are placed where there is room; what is copied lives as long as {@code owner}. */
    public DeviceExamples(NDManager owner, Examples examples, DataView view) {
        this(owner, examples, Excerpt.all(examples.count()), view);
    }

    /** Of a split that is not at hand as a whole, some examples that stand next to one another in it. */
    public DeviceExamples(NDManager owner, Examples examples, Excerpt excerpt, DataView view) {
        this(owner, examples, excerpt, view, Placement.of(examples.values().bytes(), owner.getDevice()));
    }

    /** The values are placed as is said. */
    public DeviceExamples(NDManager owner, Examples examples, DataView view, Placement placement) {
        this(owner, examples, Excerpt.all(examples.count()), view, placement);
    }

    private DeviceExamples(NDManager owner, Examples examples, Excerpt excerpt, DataView view, Placement placement) {
        this.owner = owner;
        this.excerpt = excerpt;
        this.view = view;
        stored = switch (placement) {
            case DEVICE -> new ResidentRows(owner, examples.values(), view.event());
            case HOST -> new StreamedRows(examples.values(), view.event());
        };
        oneHot = view.conditionClasses().stream()
                .mapToObj(classes -> oneHot(owner, examples.labels(), classes))
                .findFirst();
        ownOrder = LongStream.range(0, examples.count()).toArray();
        ownPlaces = Memoized.of(() -> owner.create(ownOrder));
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
        return stored.count();
    }

    /** How long batches that lie on the host have been waited for so far, until they were on the device. */
    public Duration waited() {
        return stored.waited();
    }

    /**
     * Some examples as the model sees them, and what it is conditioned on.
     *
     * @param order indices into the split, of which those from {@code from} to {@code to} are taken; it must not change
     *     as long as batches of it are asked for
     * @param noise for values that are drawn
     * @return [B, ...X] and [B, C], owned by {@code batch}
     */
    public Minibatch batch(NDManager batch, long[] order, int from, int to, Noise noise) {
        try (NDArray index = index(batch, order, from, to)) {
            Condition condition = oneHot.<Condition>map(all -> Condition.given(ResidentRows.gathered(index, all)))
                    .orElseGet(Condition::none);
            NDArray levels = levels(stored.rows(index, order, from, to));
            return new Minibatch(view.values().apply(levels, places(index), noise), condition);
        }
    }

    /** Among all examples of the split; the batch owns them. */
    private NDArray places(NDArray index) {
        return excerpt.first() == 0 ? index : index.add(excerpt.first());
    }

    private NDArray index(NDManager batch, long[] order, int from, int to) {
        NDArray index = onDevice(order).get(new NDIndex().addSliceDim(from, to));
        index.attach(batch);
        return index;
    }

    private NDArray onDevice(long[] order) {
        if (order == ownOrder) {
            return ownPlaces.get();
        }
        Optional<NDArray> known = uploaded.filter(last -> last.order() == order).map(Uploaded::places);
        if (known.isPresent()) {
            return known.get();
        }
        uploaded.ifPresent(last -> last.places().close());
        NDArray places = owner.create(order);
        uploaded = Optional.of(new Uploaded(order, places));
        return places;
    }

    /** The first examples, or those from a place on, in their order. */
    public Minibatch range(NDManager batch, int from, int to, Noise noise) {
        return batch(batch, ownOrder, from, to, noise);
    }

    /** Numbers as they are stored, with bytes from 0 to 1. */
    private NDArray levels(NDArray rows) {
        if (stored.type() != DataType.UINT8) {
            return rows;
        }
        try (rows;
                NDArray floats = rows.toType(DataType.FLOAT32, false);
                NDArray white = Ops.scalar(floats, 255)) {
            return floats.div(white);
        }
    }
}
