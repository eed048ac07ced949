package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;

/** A latent variable model as a block: initialized by its own bound, and applied by DJL as a reconstruction. */
public abstract class ModelBlock extends TypedBlock implements LatentModel {

    /** The mean of the reconstruction, [B, ...X]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(
                reconstruct(pass, inputs.head(), condition(inputs)).mean().squeeze(0));
    }

    /** Reconstructs, and takes the bound for the sake of the prior, which a reconstruction does not touch. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        NDArray x = inputs.head();
        Condition condition = condition(inputs);
        requireSameEvents(
                reconstruct(pass, x, condition).shape().slice(2), x.getShape().slice(1));
        boundTerms(pass, x, condition, 1)
                .layers()
                .forEach(layer -> layer.logPrior().get());
    }

    private static void requireSameEvents(Shape decoded, Shape data) {
        if (!decoded.equals(data)) {
            throw new IllegalArgumentException("the decoder's events have shape " + decoded + " and the data " + data
                    + "; expected the same, or they would be broadcast");
        }
    }
}
