package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.distribution.DiagonalNormal;

/**
 * The prior of h_l given the layers above it, and the features that it was made of.
 *
 * @param features of the top-down network, [K, B, ...F]
 * @param prior p(h_l|h_{l+1},c), [K, B, ...Z]
 */
public record TopDownContext(NDArray features, LayerPrior prior) {

    /** With a Gaussian prior. */
    public TopDownContext(NDArray features, DiagonalNormal prior) {
        this(features, new NormalLayerPrior(prior));
    }

    /**
     * The prior as the Gaussian that a posterior is written relative to.
     *
     * @throws IllegalArgumentException if it is none
     */
    public DiagonalNormal normal() {
        if (prior instanceof NormalLayerPrior known) {
            return known.distribution();
        }
        throw new IllegalArgumentException("this layer's posterior is a Gaussian relative to its prior, and its prior"
                + " is no Gaussian; give it a Concatenation, which needs none");
    }
}
