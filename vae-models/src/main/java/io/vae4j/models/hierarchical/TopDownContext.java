package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.distribution.DiagonalNormal;

/**
 * The prior of h_l given the layers above it, and the features that it was made of.
 *
 * @param features of the top-down network, [K, B, ...F]
 * @param prior p(h_l|h_{l+1},c), [K, B, ...Z]
 */
public record TopDownContext(NDArray features, DiagonalNormal prior) {}
