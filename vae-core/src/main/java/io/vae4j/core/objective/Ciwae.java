package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;

/**
 * Minus a combination of the ELBO of k samples and the importance-weighted bound: {@code beta ELBO + (1 - beta) L_k}.
 * Rainforth et al. 2018, eq. 12, https://arxiv.org/abs/1802.04537
 *
 * @param beta the share of the ELBO, from 0 (which is {@link Iwae}) to 1 (the ELBO)
 * @param samples k
 */
public record Ciwae(double beta, int samples) implements ImportanceWeightedObjective {

    public Ciwae {
        Objective.requireSamples(samples);
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("beta is " + beta + "; expected a share from 0 to 1");
        }
    }

    @Override
    public NDArray bound(NDArray logWeight) {
        NDArray elbo = Ops.scale(logWeight.mean(new int[] {0}), beta);
        return elbo.add(Ops.scale(Ops.logMeanExp(logWeight, 0), 1 - beta));
    }

    @Override
    public NDArray weights(NDArray logWeight) {
        return mixed(logWeight.softmax(0));
    }

    @Override
    public boolean weighsSamplesEqually() {
        return samples == 1 || beta == 1;
    }

    /** {@code (beta/k + (1 - beta) w~^2) / (beta/k + (1 - beta) w~)}. */
    @Override
    public NDArray pathFactor(NDArray logWeight) {
        NDArray normalized = logWeight.softmax(0);
        // without the ELBO's share the quotient would be 0 / 0 where a weight underflows
        return beta == 0 ? normalized : mixed(normalized.square()).div(mixed(normalized));
    }

    private NDArray mixed(NDArray share) {
        return Ops.shift(Ops.scale(share, 1 - beta), beta / samples);
    }
}
