package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;

/**
 * One invertible map {@code z' = f(z; context)} and how it changes volumes, the contract of every change of variables:
 * {@code log q(z') = log q(z) - log|det dz'/dz|}. Rezende and Mohamed 2015, eq. 5, https://arxiv.org/abs/1505.05770
 *
 * <p>As a block it is initialized with the shapes of z [B, D] and of the context [B, F].
 */
public interface Flow extends Block {

    /**
     * Maps z forwards, which is all that samples need.
     *
     * @param z [K, B, D]
     * @param context the encoder's features, [K or 1, B, F]
     */
    Transformed transform(Pass pass, NDArray z, NDArray context);

    /**
     * A mapped point.
     *
     * @param value what z was mapped to, [K, B, D]
     * @param logDet {@code log|det d value/dz|}, [K, B]
     */
    record Transformed(NDArray value, NDArray logDet) {}
}
