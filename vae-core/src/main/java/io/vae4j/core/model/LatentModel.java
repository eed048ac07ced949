package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import java.util.List;
import java.util.Optional;

/** A latent variable model p(x,z|c) with its approximate posterior q(z|x,c). */
public interface LatentModel extends Block {

    /**
     * Samples k latents for each example and scores them.
     *
     * @param x [B, ...X]
     * @param samples k, at least 1
     */
    BoundTerms boundTerms(Pass pass, NDArray x, Condition condition, long samples);

    /**
     * The distribution of data generated from ancestrally drawn latents.
     *
     * @param fromTop latents that are given, the topmost first, each [n, B or 1, ...Z]; missing layers are drawn
     * @param samples n, for each condition or once
     * @return p(x|z,c) for n samples
     */
    Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition);

    /**
     * p(x|z) at the center of q(z|x): what a reconstruction shows, with no noise.
     *
     * @param x [B, ...X]
     * @return for one sample and B examples
     */
    Distribution reconstruct(Pass pass, NDArray x, Condition condition);

    /** The family of p(x|z), if it is one that says of itself what it is. */
    default Optional<Family<?>> likelihood() {
        return Optional.empty();
    }
}
