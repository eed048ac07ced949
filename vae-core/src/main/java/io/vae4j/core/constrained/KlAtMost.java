package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Objective;

/**
 * The best reconstruction for a limited KL, {@code max E_q[log p(x|z)]} with {@code E KL(q(z|x) || p(z)) <= delta},
 * whose Lagrangian is the beta-VAE's objective: beta is the multiplier, the price of a nat. Higgins et al. 2017, eq. 2
 * and 3, https://openreview.net/forum?id=Sy2fzU9gl
 *
 * @param delta the limit of the KL's mean over the data, nats, not negative
 * @param samples the samples that the expectation is averaged over
 */
public record KlAtMost(double delta, int samples) implements ConstrainedProblem {

    public KlAtMost {
        Objective.requireNotNegative("delta", delta);
        Objective.requireSamples(samples);
    }

    /** -log p(x|z), nats. */
    @Override
    public NDArray cost(BoundTerms terms) {
        return terms.reconstruction();
    }

    /** KL - delta, nats. */
    @Override
    public NDArray excess(BoundTerms terms) {
        return Ops.shift(terms.kl(), -delta);
    }
}
