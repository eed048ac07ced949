package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import java.util.Optional;

/** The decoder: from latents z to a distribution p(x|z,c) of data. */
public interface Decoder extends Block {

    /**
     * @param z [K, B, ...Z]
     * @return a distribution over events x, for K samples and B examples
     */
    Distribution decode(Pass pass, NDArray z, Condition condition);

    /** The family of p(x|z), if it is one that says of itself what it is. */
    default Optional<Family<?>> likelihood() {
        return Optional.empty();
    }
}
