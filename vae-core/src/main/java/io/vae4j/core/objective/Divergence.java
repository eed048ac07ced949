package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.Evidence;

/** How KL(q(z|x) || p(z)) is computed. */
public enum Divergence {
    /** In closed form for each layer that has one, by the draws for the others. */
    CLOSED {
        @Override
        public NDArray of(Evidence evidence) {
            return evidence.kl();
        }
    },
    /** By the draws for every layer: log q(z|x) - log p(z). */
    SAMPLED {
        @Override
        public NDArray of(Evidence evidence) {
            return evidence.sampledKl();
        }
    };

    /** The mean over the draws, [B], nats. */
    public abstract NDArray of(Evidence evidence);
}
