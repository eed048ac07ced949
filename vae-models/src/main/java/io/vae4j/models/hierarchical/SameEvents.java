package io.vae4j.models.hierarchical;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.DiagonalNormal;

/** Refuses a posterior of other events than the layer's prior has, which would be broadcast. */
final class SameEvents {

    private SameEvents() {}

    static void require(DiagonalNormal prior, DiagonalNormal posterior) {
        Shape expected = prior.shape().slice(2);
        Shape actual = posterior.shape().slice(2);
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException(
                    "a layer's prior has events of shape " + expected + " and its posterior of " + actual
                            + "; expected equal shapes: give both the same number of dimensions");
        }
    }
}
