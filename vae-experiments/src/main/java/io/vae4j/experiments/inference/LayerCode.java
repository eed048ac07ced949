package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.models.vq.CodePosterior;
import java.util.Optional;

/**
 * What the posterior of one stochastic layer says of each example: {@code q(z|x) = N(mean, diag(scale^2))} for the
 * usual VAE.
 *
 * @param center a representative latent, [B, ...Z]
 * @param isMean whether the center is E_q[z], which it is for all posteriors but flows
 * @param scale of each latent, [B, ...Z]: its standard deviation, if it is normal; empty for a point mass and for a
 *     flow
 * @param scaleTril L of a posterior N(mean, L L^T), [B, D, D]; empty for others
 * @param codes the numbers of discrete codes, [B, ...positions], INT64; empty for continuous latents
 */
public record LayerCode(
        NDArray center, boolean isMean, Optional<NDArray> scale, Optional<NDArray> scaleTril, Optional<NDArray> codes) {

    /** The first sample's, of a layer that was inferred without noise. */
    static LayerCode of(StochasticLayer layer) {
        ApproximatePosterior posterior = layer.inference().posterior();
        Optional<NDArray> mean = posterior.mean();
        Optional<Distribution> density = posterior.density();
        Optional<NDArray> root = density.flatMap(
                q -> q instanceof FullNormal full ? Optional.of(full.scaleTril().get(0)) : Optional.empty());
        Optional<NDArray> scale = density.flatMap(q -> q instanceof LocationScale each
                ? Optional.of(each.logScale().exp().get(0))
                : Optional.empty());
        return new LayerCode(
                mean.orElseGet(posterior::pointEstimate).get(0),
                mean.isPresent(),
                scale.or(() -> root.map(l -> l.square().sum(new int[] {-1}).sqrt())),
                root,
                posterior instanceof CodePosterior chosen
                        ? Optional.of(chosen.indices().get(0))
                        : Optional.empty());
    }

    /** All arrays, to belong to another manager. */
    public void attach(NDManager owner) {
        center.attach(owner);
        scale.ifPresent(array -> array.attach(owner));
        scaleTril.ifPresent(array -> array.attach(owner));
        codes.ifPresent(array -> array.attach(owner));
    }
}
