package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Support;

/**
 * A parametric family as the last layer of a network: turns features into a distribution. Every network goes with every
 * family; a decoder ends in one, and a {@link PosteriorFamily} is one that can be sampled differentiably.
 */
public interface Family<D extends Distribution> extends Block {

    /**
     * @param features [K or 1, B, ...F]
     * @return a distribution whose parameters have the shape [K or 1, B, ...event]
     */
    D of(Pass pass, NDArray features);

    /** Which data the family is defined for. */
    Support support();

    /** Whether log p is normalized: false for a relaxation whose exponential does not integrate to one. */
    default boolean normalized() {
        return true;
    }
}
