package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Sample;
import java.util.List;

/**
 * The prior p(z|c) of latents. It may itself be a latent variable model, which makes the whole a deep one:
 * {@code explain} then returns the layers above z as well.
 */
public interface Prior extends Block {

    /** How many stochastic layers the prior holds, z included. */
    int layers();

    /** The layer of z, followed by those above it that the prior infers from z. */
    List<StochasticLayer> explain(Pass pass, Inference inference, Condition condition);

    /**
     * Samples z ancestrally.
     *
     * @param fromTop latents that are given, the topmost first, each [n, B or 1, ...Z]; the rest is drawn
     * @param samples n, for each condition or once
     * @return z, [n, B or 1, ...Z]
     */
    Sample sample(Pass pass, List<NDArray> fromTop, long samples, Condition condition);
}
