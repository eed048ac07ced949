package io.vae4j.models.network;

import ai.djl.ndarray.NDList;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.Encoder;

/** A network by itself, for either direction: a subclass writes {@link #encode}, and how its parts are initialized. */
public abstract class Network extends TypedBlock implements Encoder {

    /** Takes [B, ...X] like any DJL block; the answer is [B, ...F]. */
    @Override
    protected final NDList untyped(Pass pass, NDList inputs) {
        return new NDList(
                encode(pass, inputs.head().expandDims(0), condition(inputs)).squeeze(0));
    }
}
