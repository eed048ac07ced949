package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.BoundTerms;

/** How KL(q(z|x) || p(z)) is computed. */
public enum KlEstimate {
    /** The closed form for each layer that has one, by the samples for the others. */
    ANALYTIC {
        @Override
        public NDArray of(BoundTerms terms) {
            return terms.kl();
        }
    },
    /** The samples for every layer: log q(z|x) - log p(z). */
    MONTE_CARLO {
        @Override
        public NDArray of(BoundTerms terms) {
            return terms.sampledKl();
        }
    };

    /** The mean over the samples, [B], nats. */
    public abstract NDArray of(BoundTerms terms);
}
