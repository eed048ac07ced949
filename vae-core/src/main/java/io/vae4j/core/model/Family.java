package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Support;
import java.util.OptionalLong;

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

    /**
     * What its log p is the logarithm of; unless a family says otherwise, a probability wherever its values are few.
     */
    default Normalization normalization() {
        return support().isDiscrete() ? Normalization.PROBABILITY : Normalization.DENSITY;
    }

    /**
     * How many numbers describe the distribution of one event, where the family says so: 256 for each pixel under a
     * categorical one. How many samples fit into memory at a time follows from it.
     */
    default OptionalLong parametersPerEvent() {
        return OptionalLong.empty();
    }

    /** How reports call its log p, such as "Bernoulli log-likelihood". */
    default String title() {
        return "log p(x|z) of " + getClass().getSimpleName();
    }
}
