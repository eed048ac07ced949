package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;

/**
 * Minus the mean of m importance-weighted bounds of k samples each: {@code (1/m) sum_m log (1/k) sum_k w_mk}. With k =
 * 1 it is the ELBO of m samples, with m = 1 it is {@link Iwae}. Rainforth et al. 2018, eq. 11,
 * https://arxiv.org/abs/1802.04537
 *
 * @param groups m
 * @param samplesEach k
 */
public record Miwae(int groups, int samplesEach) implements ImportanceWeightedObjective {

    public Miwae {
        if (groups < 1) {
            throw new IllegalArgumentException("the number of groups is " + groups + "; expected at least 1");
        }
        Objective.requireSamples(samplesEach);
        Math.multiplyExact(groups, samplesEach);
    }

    @Override
    public int samples() {
        return groups * samplesEach;
    }

    @Override
    public NDArray bound(NDArray logWeight) {
        return Ops.logMeanExp(grouped(logWeight), 1).mean(new int[] {0});
    }

    @Override
    public NDArray weights(NDArray logWeight) {
        return Ops.scale(pathFactor(logWeight), 1.0 / groups);
    }

    @Override
    public boolean weighsSamplesEqually() {
        return samplesEach == 1;
    }

    @Override
    public NDArray pathFactor(NDArray logWeight) {
        return grouped(logWeight).softmax(1).reshape(logWeight.getShape());
    }

    /** [m, k, B]. */
    private NDArray grouped(NDArray logWeight) {
        return logWeight.reshape(groups, samplesEach, -1);
    }
}
