package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.ApproximatePosterior;

/**
 * The posterior q(h_l|x,h_{l+1},c) of one layer, which joins features of the data to the prior from above. Initialized
 * with the shapes of the bottom-up features, of the top-down features and, for a conditional model, of the condition;
 * its output shape is h_l's.
 */
public interface TopDownPosterior extends Block {

    /**
     * @param bottomUp d_l, features of the data, [1, B, ...F]
     * @param above what the layers above say, for K samples
     * @return q over h_l, [K, B, ...Z]
     */
    ApproximatePosterior infer(Pass pass, NDArray bottomUp, TopDownContext above, Condition condition);
}
