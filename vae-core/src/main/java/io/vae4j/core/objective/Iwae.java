package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;

/**
 * Minus the importance-weighted bound {@code L_k = log (1/k) sum_i w_i}. Its gradient weighs each sample by
 * {@code softmax(log w)}, which automatic differentiation of the bound itself gives. Burda et al. 2016, eq. 8 and 14,
 * https://arxiv.org/abs/1509.00519
 *
 * @param samples k
 */
public record Iwae(int samples) implements ImportanceWeightedObjective {

    public Iwae {
        Objective.requireSamples(samples);
    }

    @Override
    public NDArray bound(NDArray logWeight) {
        return Ops.logMeanExp(logWeight, 0);
    }

    @Override
    public NDArray weights(NDArray logWeight) {
        return logWeight.softmax(0);
    }

    @Override
    public boolean weighsSamplesEqually() {
        return samples == 1;
    }

    @Override
    public NDArray pathFactor(NDArray logWeight) {
        return weights(logWeight);
    }
}
