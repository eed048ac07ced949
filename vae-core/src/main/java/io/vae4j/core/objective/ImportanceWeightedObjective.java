package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.BoundTerms;

/**
 * An objective that is minus a function of the importance weights alone, {@code L(log w_1, ..., log w_K)}. It says what
 * estimators must know of it: the weight {@code a_i = dL / dlog w_i} of each sample, which sum to one, and how the
 * doubly reparameterized gradient changes it on the way into the encoder.
 */
public interface ImportanceWeightedObjective extends Objective {

    /**
     * The bound itself, never a weighted sum.
     *
     * @param logWeight [K, B], nats
     * @return [B], nats
     */
    NDArray bound(NDArray logWeight);

    /**
     * {@code a_i = dL / dlog w_i}, which are positive and sum to one over the samples.
     *
     * @param logWeight [K, B], nats
     * @return [K, B]
     */
    NDArray weights(NDArray logWeight);

    /**
     * What remains of a sample's weight when the score function in the encoder's gradient is reparameterized once more:
     * {@code 1 - (da_i / dlog w_i) / a_i}, which is {@code w~_i} for the importance-weighted bound. Tucker et al. 2019,
     * eq. 8, https://arxiv.org/abs/1810.04152
     *
     * @param logWeight [K, B], nats
     * @return [K, B]
     */
    NDArray pathFactor(NDArray logWeight);

    /** Whether the weights are the same whatever the samples, so that the bound is the mean of log w: the ELBO. */
    boolean weighsSamplesEqually();

    @Override
    default NDArray loss(BoundTerms terms) {
        NDArray loss = bound(terms.logWeight()).neg();
        return terms.penalty().map(loss::add).orElse(loss);
    }
}
