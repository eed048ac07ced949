package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.Evidence;

/**
 * An objective that is minus a function of the importance weights alone, {@code L(log w_1, ..., log w_K)}. It says what
 * estimators must know of it: the weight {@code a_i = dL / dlog w_i} of each draw, which sum to one, and how the doubly
 * reparameterised gradient changes it on the way into the encoder.
 */
public interface WeightedBound extends Objective {

    /**
     * The bound itself, never a weighted sum.
     *
     * @param logWeight [K, B], nats
     * @return [B], nats
     */
    NDArray bound(NDArray logWeight);

    /**
     * {@code a_i = dL / dlog w_i}, which are positive and sum to one over the draws.
     *
     * @param logWeight [K, B], nats
     * @return [K, B]
     */
    NDArray weights(NDArray logWeight);

    /**
     * What remains of a draw's weight when the score function in the encoder's gradient is reparameterised once more:
     * {@code 1 - (da_i / dlog w_i) / a_i}, which is {@code w~_i} for the importance-weighted bound. Tucker et al. 2019,
     * eq. 8, https://arxiv.org/abs/1810.04152
     *
     * @param logWeight [K, B], nats
     * @return [K, B]
     */
    NDArray pathFactor(NDArray logWeight);

    /** Whether the weights are the same whatever the draws, so that the bound is the mean of log w: the ELBO. */
    boolean weighsDrawsEqually();

    @Override
    default NDArray loss(Evidence evidence) {
        NDArray loss = bound(evidence.logWeight()).neg();
        return evidence.penalty().map(loss::add).orElse(loss);
    }
}
