package io.vae4j.models.prior;

import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.model.TractablePrior;
import java.util.List;

/** A prior over vectors with a density: a subclass writes {@link #given}. */
public abstract class DensityPrior extends TypedBlock implements TractablePrior {

    /** log p(z), [B], for z [B, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(given(pass, condition(inputs))
                .logProb(inputs.head().expandDims(0))
                .squeeze(0));
    }

    @Override
    public List<StochasticLayer> explain(Pass pass, Inference inference, Condition condition) {
        appliedTo(pass, condition, inference.latent());
        return TractablePrior.super.explain(pass, inference, condition);
    }
}
