package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;

/** A flow as a block: z and the context go in, a point of the shape of z comes out. */
abstract class FlowBlock extends TypedBlock implements Flow {

    /** {@code f(z)}, [B, D], for z [B, D] and the context [B, F]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray z = inputs.get(0).expandDims(0);
        return new NDList(
                transform(pass, z, inputs.get(1).expandDims(0)).value().squeeze(0));
    }
}
