package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Objective;

/**
 * The smallest KL for a reconstruction that is good enough, {@code min KL(q(z|x) || p(z))} with {@code E_q[-log p(x|z)]
 * <= tolerance}: GECO. Rezende and Viola 2018, section 2, https://arxiv.org/abs/1810.00597
 *
 * <p>The paper's examples limit the squared error. Under a Gaussian with a fixed scale this is the same constraint:
 * {@code -log p(x|z) = |x - m|^2 / (2 sigma^2) + D/2 log(2 pi sigma^2)}.
 *
 * @param tolerance the limit of minus the log-likelihood's mean over the data, nats; negative for narrow densities
 * @param samples the samples that the expectation is averaged over
 */
public record ReconstructionAtMost(double tolerance, int samples) implements ConstrainedProblem {

    public ReconstructionAtMost {
        if (!Double.isFinite(tolerance)) {
            throw new IllegalArgumentException("the tolerance is " + tolerance + "; expected a finite number of nats");
        }
        Objective.requireSamples(samples);
    }

    /** KL(q(z|x) || p(z)), nats. */
    @Override
    public NDArray cost(BoundTerms terms) {
        return terms.kl();
    }

    /** -log p(x|z) - tolerance, nats. */
    @Override
    public NDArray excess(BoundTerms terms) {
        return Ops.shift(terms.reconstruction(), -tolerance);
    }
}
