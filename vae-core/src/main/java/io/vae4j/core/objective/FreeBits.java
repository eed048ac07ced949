package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;

/**
 * The ELBO in which the first lambda nats of each latent dimension cost a constant, against posterior collapse:
 * {@code -E_q[log p(x|z)] + beta sum_j max(lambda, E_batch KL_j)}. Kingma et al. 2016, eq. 15,
 * https://arxiv.org/abs/1606.04934, where beta is 1; one that rises from 0 warms the KL up on top of it (Sønderby et
 * al. 2016, section 2.4, https://arxiv.org/abs/1602.02282).
 *
 * <p>A layer with no closed KL for each dimension is one group, of its whole KL. The sum is one number for the batch,
 * which every example's loss contains.
 *
 * @param lambda nats for each group, not negative
 * @param beta the weight of the KL, not negative
 * @param samples the samples that the expectation is averaged over
 */
public record FreeBits(double lambda, double beta, int samples) implements BatchCoupled {

    public FreeBits {
        Objective.requireSamples(samples);
        Objective.requireNotNegative("lambda", lambda);
        Objective.requireNotNegative("beta", beta);
    }

    /** With the KL at its full weight. */
    public FreeBits(double lambda, int samples) {
        this(lambda, 1, samples);
    }

    @Override
    public KlForm klForm() {
        return KlForm.OWN;
    }

    @Override
    public NDArray loss(BoundTerms terms) {
        NDArray loss = terms.reconstruction();
        for (StochasticLayer layer : terms.layers()) {
            NDArray kl = floored(layer);
            loss = loss.add(beta == 1 ? kl : Ops.scale(kl, beta));
        }
        return terms.penalty().map(loss::add).orElse(loss);
    }

    /** A scalar, nats. */
    private NDArray floored(StochasticLayer layer) {
        NDArray groups = layer.analyticKlEach()
                .get()
                .map(FreeBits::batchMean)
                .orElseGet(() -> layer.kl().mean());
        return groups.maximum(Ops.scalar(groups, lambda)).sum();
    }

    /** The mean over samples and examples, [...Z]. */
    private static NDArray batchMean(NDArray each) {
        return each.mean(new int[] {0}).mean(new int[] {0});
    }
}
