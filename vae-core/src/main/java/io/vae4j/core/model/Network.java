package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;

/** A network, from any input to features: in an encoder from the data, in a decoder from latents. */
public interface Network extends Block {

    /**
     * @param input [K or 1, B, ...X]
     * @return features, [K or 1, B, ...F]
     */
    NDArray features(Pass pass, NDArray input, Condition condition);
}
