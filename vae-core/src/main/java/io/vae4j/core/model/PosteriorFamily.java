package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.ReparameterizedDistribution;

/**
 * A family whose distributions are the approximate posteriors; the condition has already reached it through the
 * features.
 */
public interface PosteriorFamily<D extends ReparameterizedDistribution> extends Family<D>, Posterior {

    @Override
    default ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        return new DensityPosterior(of(pass, features));
    }
}
