package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;

/**
 * An affine layer {@code y = A x + b}: dense or a convolution. Leading axes, such as samples and examples, are kept:
 * folding K samples into the batch happens inside, so that k samples cost one call of the engine.
 */
public interface Affine extends Block {

    /**
     * @param x [..., in] for vectors, [..., in, H, W] for feature maps
     * @return [..., out] for vectors, [..., out, H', W'] for feature maps
     */
    NDArray apply(Pass pass, NDArray x);
}
