package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;

/**
 * The networks of one stochastic layer h_l below the top.
 *
 * @param encoder d_l from d_{l-1}, or from x for the lowest
 * @param topDown features t_l from h_{l+1}, or from what else a {@link TopDownPath} says, shared by prior and posterior
 * @param prior p(h_l|h_{l+1},c) from t_l
 * @param posterior q(h_l|x,h_{l+1},c) from d_l and what comes from above
 */
public record LadderLayer(Encoder encoder, Network topDown, TopDownPrior prior, TopDownPosterior posterior) {

    /** A layer of Gaussian latents. */
    public LadderLayer(Encoder encoder, Network topDown, Family<DiagonalNormal> prior, TopDownPosterior posterior) {
        this(encoder, topDown, TopDownPrior.normal(prior), posterior);
    }

    /** @param above what comes from the layers above, [K, B or 1, ...] */
    TopDownContext predict(Pass pass, NDArray above, Condition condition) {
        NDArray features = topDown.features(pass, above, condition);
        return new TopDownContext(features, prior.given(pass, features));
    }
}
