package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Lazy;
import java.util.Optional;

/**
 * One stochastic layer of a forward pass, explained by its prior.
 *
 * @param inference the posterior and its draws
 * @param logPrior log p(z|parents), [K, B], nats
 * @param closedKl KL(q || p) in closed form given the sampled parents, [K or 1, B], nats; empty where there is none
 */
public record Layer(Inference inference, Lazy<NDArray> logPrior, Lazy<Optional<NDArray>> closedKl) {

    /** log q(z|x) of the draws, [K, B], nats; fails for a posterior with no density. */
    public NDArray logPosterior() {
        return inference
                .draw()
                .logProb()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "this posterior is a point mass and has no log density; use an objective that needs none, such as Elbo over a prior with a density"))
                .get();
    }

    /** KL(q || p) by one draw each, log q(z|x) - log p(z), [K, B], nats. */
    public NDArray sampledKl() {
        return logPosterior().sub(logPrior.get());
    }

    /** KL(q || p) in closed form where there is one, by the draws otherwise, [K or 1, B], nats. */
    public NDArray kl() {
        return closedKl.get().orElseGet(this::sampledKl);
    }
}
