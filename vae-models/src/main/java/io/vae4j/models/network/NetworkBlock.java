package io.vae4j.models.network;

import ai.djl.ndarray.NDList;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.Network;

/** A network as a block: a subclass writes {@link #features}. */
public abstract class NetworkBlock extends TypedBlock implements Network {

    /** Takes [B, ...X] like any DJL block; the answer is [B, ...F]. */
    @Override
    protected final NDList untyped(Pass pass, NDList inputs) {
        return new NDList(
                features(pass, inputs.head().expandDims(0), condition(inputs)).squeeze(0));
    }
}
