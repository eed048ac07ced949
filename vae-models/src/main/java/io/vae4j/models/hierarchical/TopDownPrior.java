package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.Family;

/** How a layer below the top gets its prior p(h_l|h_{l+1}, ...) from the features of the layers above. */
public interface TopDownPrior {

    /** What holds the parameters; it is initialized with the shape of the top-down features. */
    Block block();

    /** @param features t_l, [K, B, ...F] */
    LayerPrior given(Pass pass, NDArray features);

    /** A Gaussian whose parameters are read from the features. */
    static TopDownPrior normal(Family<DiagonalNormal> family) {
        return new FamilyPrior(family);
    }
}
