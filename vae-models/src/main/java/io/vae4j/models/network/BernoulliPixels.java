package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.Support;

/** Independent bits with logits from the network: the likelihood of binarised images. */
public final class BernoulliPixels extends FamilyBlock<Bernoulli> {

    private final Dense logits;

    public BernoulliPixels(Shape event, Initialisation initialisation) {
        super(event);
        logits = head("logits", initialisation);
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
