package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.GrayCrossEntropy;
import io.vae4j.core.distribution.Support;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;

/** Gray levels under the Bernoulli's cross-entropy, as in the slides' MNIST run; not a likelihood. */
public final class GrayPixels extends FamilyBlock<GrayCrossEntropy> {

    private final Affine logits;

    /** Over vectors of features. */
    public GrayPixels(Shape event, Initialization initialization) {
        this(event, new Head.Dense(initialization));
    }

    public GrayPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head);
    }

    @Override
    public GrayCrossEntropy of(Pass pass, NDArray features) {
        return new GrayCrossEntropy(new Bernoulli(parameter(pass, logits, features), eventRank()));
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public boolean normalized() {
        return false;
    }
}
