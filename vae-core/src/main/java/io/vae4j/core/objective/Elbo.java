package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;

/**
 * Minus the evidence lower bound, with the KL weighted by beta: {@code -E_q[log p(x|z)] + beta KL(q(z|x) || p(z))}.
 * Beta 1 is the VAE (Kingma and Welling 2014, eq. 3, https://arxiv.org/abs/1312.6114), another beta the beta-VAE
 * (Higgins et al. 2017, eq. 4).
 *
 * @param beta the weight of the KL, not negative
 * @param samples the samples that the expectation is averaged over
 * @param kl how the KL is computed
 */
public record Elbo(double beta, int samples, KlEstimate kl) implements Objective {

    public Elbo {
        Objective.requireSamples(samples);
        Objective.requireNotNegative("beta", beta);
    }

    /** The KL in closed form where there is one. */
    public Elbo(double beta, int samples) {
        this(beta, samples, KlEstimate.ANALYTIC);
    }

    /** Minus the ELBO itself, by one sample. */
    public Elbo() {
        this(1, 1);
    }

    @Override
    public NDArray loss(BoundTerms terms) {
        NDArray divergence = kl.of(terms);
        NDArray loss = terms.reconstruction().add(beta == 1 ? divergence : Ops.scale(divergence, beta));
        return terms.penalty().map(loss::add).orElse(loss);
    }
}
