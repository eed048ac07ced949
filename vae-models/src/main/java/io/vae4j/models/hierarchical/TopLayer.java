package io.vae4j.models.hierarchical;

import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;

/**
 * The parts of the topmost stochastic layer h_L.
 *
 * @param encoder d_L from d_{L-1}, or from x if there is no other layer
 * @param posterior q(h_L|x,c) from d_L
 * @param prior p(h_L|c), of one layer
 */
public record TopLayer(Encoder encoder, Posterior posterior, Prior prior) {

    public TopLayer {
        if (prior.layers() != 1) {
            throw new IllegalArgumentException("the top's prior has " + prior.layers()
                    + " stochastic layers, which would be inferred upwards; expected 1: add ladder layers below it");
        }
    }
}
