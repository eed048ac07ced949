package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;

/** A family of approximate posteriors q(z|x,c), parameterized by an encoder's features: the amortized inference. */
public interface Posterior extends Block {

    /**
     * @param features [K or 1, B, ...F]
     * @return q(z|x,c) over z of shape [K or 1, B, ...Z]
     */
    ApproximatePosterior infer(Pass pass, NDArray features, Condition condition);
}
