package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;

/** The network of q(z|x,c): features of the data, from which a {@link Posterior} makes a distribution. */
public interface Encoder extends Block {

    /**
     * @param x [K or 1, B, ...X]; K > 1 only above the first stochastic layer
     * @return features, [K or 1, B, ...F]
     */
    NDArray encode(Pass pass, NDArray x, Condition condition);
}
