package io.vae4j.models.hierarchical;

import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;

/**
 * A Gaussian as the prior of a layer: the ordinary case.
 *
 * @param distribution p(h_l|h_{l+1}, ...), [K, B, ...Z]
 */
public record NormalLayerPrior(DiagonalNormal distribution) implements LayerPrior {

    @Override
    public StochasticLayer explain(Inference inference) {
        return StochasticLayer.of(inference, distribution);
    }

    @Override
    public Sample sample(Pass pass) {
        return Sample.of(distribution.sample(pass.noise(), 1));
    }
}
