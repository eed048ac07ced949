package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.util.Pair;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Family;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;
import java.util.ArrayList;
import java.util.List;

/** What families share: an event shape, and heads that all read the features. */
public abstract class FamilyBlock<D extends Distribution> extends TypedBlock implements Family<D> {

    private final Shape event;
    private final List<Affine> heads = new ArrayList<>();

    /** @param event the shape of one event, such as [20] or [1, 28, 28] */
    protected FamilyBlock(Shape event) {
        this.event = event;
    }

    /** Registers a dense layer for one of the family's parameters. */
    protected final Affine head(String name, Initialization initialization) {
        return head(name, new Head.Dense(initialization));
    }

    /** Registers a layer for one of the family's parameters. */
    protected final Affine head(String name, Head head) {
        Affine layer = child(name, head.layer(event));
        heads.add(layer);
        return layer;
    }

    /** A parameter of the distribution, [K or 1, B, ...event]. */
    protected final NDArray parameter(Pass pass, Affine head, NDArray features) {
        NDArray values = head.apply(pass, features);
        Shape shape = values.getShape().slice(0, 2).addAll(event);
        return values.getShape().equals(shape) ? values : values.reshape(shape);
    }

    protected final int eventRank() {
        return event.dimension();
    }

    /** The mean for features [B, F], as any DJL block would answer. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(of(pass, inputs.head().expandDims(0)).mean().squeeze(0));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        for (Pair<String, Block> head : getChildren()) {
            head.getValue().initialize(manager, type, inputs[0]);
        }
        for (Affine head : heads) {
            requireEvent(head.getOutputShapes(new Shape[] {inputs[0]})[0].slice(1), inputs[0].slice(1));
        }
    }

    private void requireEvent(Shape output, Shape features) {
        if (output.size() != event.size()) {
            throw new IllegalArgumentException("features of shape " + features + " make parameters of shape " + output
                    + " and the events have shape " + event + "; expected as many elements: a dense head reads vectors"
                    + " (put an Mlp behind a convolutional encoder), a convolutional one maps of the event's height and"
                    + " width");
        }
    }

    /** The shape of an event, with the batch in front. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0)).addAll(event)};
    }
}
