package io.vae4j.models.prior;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.TractablePrior;

/** A prior over vectors with a density: a subclass writes {@link #given} and, if it learns, its parameters' shapes. */
public abstract class DensityPrior extends TypedBlock implements TractablePrior {

    /** log p(z), [B], for z [B, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(given(pass, condition(inputs))
                .logProb(inputs.head().expandDims(0))
                .squeeze(0));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
