package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.Evidence;

/**
 * Minus the evidence lower bound, with the KL weighted by beta: {@code -E_q[log p(x|z)] + beta KL(q(z|x) || p(z))}.
 * Beta 1 is the VAE (Kingma and Welling 2014, eq. 3, https://arxiv.org/abs/1312.6114), another beta the beta-VAE
 * (Higgins et al. 2017, eq. 4). The KL is taken in closed form where there is one.
 *
 * @param beta the weight of the KL, not negative
 * @param samples the draws that the expectation is averaged over
 */
public record Elbo(double beta, int samples) implements Objective {

    public Elbo {
        Objective.checkedSamples(samples);
        if (!(beta >= 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta is " + beta + "; expected a finite number, 0 or more");
        }
    }

    /** Minus the ELBO itself, by one draw. */
    public Elbo() {
        this(1, 1);
    }

    @Override
    public NDArray loss(Evidence evidence) {
        NDArray kl = beta == 1 ? evidence.kl() : Ops.scale(evidence.kl(), beta);
        NDArray loss = evidence.reconstruction().add(kl);
        return evidence.penalty().map(loss::add).orElse(loss);
    }
}
