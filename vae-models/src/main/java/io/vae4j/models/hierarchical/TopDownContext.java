package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.distribution.DiagonalNormal;

/**
 * What the layers above say of h_l.
 *
 * @param features of the top-down network, [K, B, ...F]
 * @param prior p(h_l|h_{l+1},c), [K, B, ...Z]
 */
public record TopDownContext(NDArray features, DiagonalNormal prior) {}
