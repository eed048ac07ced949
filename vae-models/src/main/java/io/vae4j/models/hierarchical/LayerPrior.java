package io.vae4j.models.hierarchical;

import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;

/** The prior p(h_l|h_{l+1}, ...) of one layer, for the latents above it that one batch has. */
public interface LayerPrior {

    /** The layer as this prior explains it: log p, log q and their KL. */
    StochasticLayer explain(Inference inference);

    /** Samples h_l once for each of the samples above, [K, B, ...Z]. */
    Sample sample(Pass pass);
}
