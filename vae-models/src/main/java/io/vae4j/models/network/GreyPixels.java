package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.GreyCrossEntropy;
import io.vae4j.core.distribution.Support;

/** Grey levels under the Bernoulli's cross-entropy, as in the slides' MNIST run; not a likelihood. */
public final class GreyPixels extends FamilyBlock<GreyCrossEntropy> {

    private final Affine logits;

    /** Over vectors of features. */
    public GreyPixels(Shape event, Initialisation initialisation) {
        this(event, new Head.Flat(initialisation));
    }

    public GreyPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head);
    }

    @Override
    public GreyCrossEntropy of(Pass pass, NDArray features) {
        return new GreyCrossEntropy(new Bernoulli(parameter(pass, logits, features), eventRank()));
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public boolean normalised() {
        return false;
    }
}
