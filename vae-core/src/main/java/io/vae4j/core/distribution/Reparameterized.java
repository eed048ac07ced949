package io.vae4j.core.distribution;

import io.vae4j.core.Noise;

/** A distribution whose draws are differentiable in its parameters: {@code z = h(eps, parameters)}. */
public interface Reparameterized extends Distribution {

    /** Differentiable draws with their log density by the change of variables; axes as in {@link #sample}. */
    Draw rsample(Noise noise, long draws);
}
