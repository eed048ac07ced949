package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.Support;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;

/** Independent bits with logits from the network: the likelihood of binarized images. */
public final class BernoulliPixels extends FamilyBlock<Bernoulli> {

    private final Affine logits;

    /** Over vectors of features. */
    public BernoulliPixels(Shape event, Initialization initialization) {
        this(event, new Head.Dense(initialization));
    }

    public BernoulliPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head);
    }

    @Override
    public Bernoulli of(Pass pass, NDArray features) {
        return new Bernoulli(parameter(pass, logits, features), eventRank());
    }

    @Override
    public Support support() {
        return Support.BINARY;
    }
}
