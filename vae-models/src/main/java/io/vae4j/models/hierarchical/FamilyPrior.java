package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.Family;

/** The prior of a layer as a family of Gaussians; the family itself holds the parameters. */
record FamilyPrior(Family<DiagonalNormal> block) implements TopDownPrior {

    @Override
    public LayerPrior given(Pass pass, NDArray features) {
        return new NormalLayerPrior(block.of(pass, features));
    }
}
