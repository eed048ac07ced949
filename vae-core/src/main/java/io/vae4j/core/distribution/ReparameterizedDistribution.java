package io.vae4j.core.distribution;

import io.vae4j.core.Noise;

/** A distribution whose samples are differentiable in its parameters: {@code z = h(eps, parameters)}. */
public interface ReparameterizedDistribution extends Distribution {

    /** Differentiable samples with their log density by the change of variables; axes as in {@link #sample}. */
    Sample rsample(Noise noise, long samples);
}
