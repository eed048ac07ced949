package io.vae4j.models.network;

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

/** What families share: an event shape, and dense children that all read the features. */
public abstract class FamilyBlock<D extends Distribution> extends TypedBlock implements Family<D> {

    private final Shape event;

    /** @param event the shape of one event, such as [20] or [1, 28, 28] */
    protected FamilyBlock(Shape event) {
        this.event = event;
    }

    /** Registers a dense layer for one of the family's parameters. */
    protected final Dense head(String name, Initialisation initialisation) {
        return child(name, new Dense(event.size(), initialisation));
    }

    /** A parameter of the distribution, [K or 1, B, ...event]. */
    protected final NDArray parameter(Pass pass, Dense head, NDArray features) {
        NDArray flat = head.apply(pass, features);
        return event.dimension() == 1
                ? flat
                : flat.reshape(features.getShape().slice(0, 2).addAll(event));
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
    }

    /** The shape of an event, with the batch in front. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0)).addAll(event)};
    }
}
