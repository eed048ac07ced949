package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.Layer;

/**
 * The ELBO in which the first lambda nats of each latent dimension cost a constant, against posterior collapse:
 * {@code -E_q[log p(x|z)] + sum_j max(lambda, E_batch KL_j)}. Kingma et al. 2016, eq. 15,
 * https://arxiv.org/abs/1606.04934
 *
 * <p>A layer with no closed KL for each dimension is one group, of its whole KL. The sum is one number for the batch,
 * which every example's loss contains.
 *
 * @param lambda nats for each group, not negative
 * @param samples the draws that the expectation is averaged over
 */
public record FreeBits(double lambda, int samples) implements BatchCoupled {

    public FreeBits {
        Objective.requireSamples(samples);
        Objective.requireNotNegative("lambda", lambda);
    }

    @Override
    public KlForm klForm() {
        return KlForm.OWN;
    }

    @Override
    public NDArray loss(Evidence evidence) {
        NDArray loss = evidence.reconstruction();
        for (Layer layer : evidence.layers()) {
            loss = loss.add(floored(layer));
        }
        return evidence.penalty().map(loss::add).orElse(loss);
    }

    /** A scalar, nats. */
    private NDArray floored(Layer layer) {
        NDArray groups = layer.closedKlEach()
                .get()
                .map(FreeBits::batchMean)
                .orElseGet(() -> layer.kl().mean());
        return groups.maximum(Ops.scalar(groups, lambda)).sum();
    }

    /** The mean over draws and examples, [...Z]. */
    private static NDArray batchMean(NDArray each) {
        return each.mean(new int[] {0}).mean(new int[] {0});
    }
}
