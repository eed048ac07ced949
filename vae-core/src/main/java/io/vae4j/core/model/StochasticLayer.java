package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Factorized;
import io.vae4j.core.distribution.Sample;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One layer of latents with its posterior and its prior: log q, log p and the KL of the two.
 *
 * @param inference the posterior and its samples
 * @param logPrior log p(z|parents), [K, B], nats
 * @param analyticKl KL(q || p) in closed form given the sampled parents, [K or 1, B], nats; empty where there is none
 * @param analyticKlEach the same for each latent dimension, [K or 1, B, ...Z], nats; empty where there is none
 */
public record StochasticLayer(
        Inference inference,
        Memoized<NDArray> logPrior,
        Memoized<Optional<NDArray>> analyticKl,
        Memoized<Optional<NDArray>> analyticKlEach) {

    /** A layer that knows no divergence per dimension. */
    public StochasticLayer(Inference inference, Memoized<NDArray> logPrior, Memoized<Optional<NDArray>> analyticKl) {
        this(inference, logPrior, analyticKl, Memoized.of(Optional::empty));
    }

    /**
     * Explained by a prior with a density.
     *
     * @param prior p(z|parents), [K or 1, B or 1, ...Z]
     */
    public static StochasticLayer of(Inference inference, Distribution prior) {
        ApproximatePosterior posterior = inference.posterior();
        requireSameEvents(
                prior.shape().slice(2),
                inference.requireContinuous().latent().getShape().slice(2));
        return new StochasticLayer(
                inference,
                Memoized.of(() -> prior.logProb(inference.latent())),
                Memoized.of(() -> posterior.kl(prior)),
                Memoized.of(() -> posterior
                        .density()
                        .flatMap(q -> q instanceof Factorized each ? each.klEach(prior) : Optional.empty())));
    }

    /** log q(z|x) of the samples, [K, B], nats; fails for a posterior with no density. */
    public NDArray logPosterior() {
        return inference
                .sample()
                .logProb()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "this posterior is a point mass and has no log density; use an objective that needs none, such as Elbo over a prior with a density"))
                .get();
    }

    /** KL(q || p) by one sample each, log q(z|x) - log p(z), [K, B], nats. */
    public NDArray sampledKl() {
        return logPosterior().sub(logPrior.get());
    }

    /** KL(q || p) in closed form where there is one, by the samples otherwise, [K or 1, B], nats. */
    public NDArray kl() {
        return analyticKl.get().orElseGet(this::sampledKl);
    }

    /**
     * The same samples, with log q(z|x) as a function of z alone: q's parameters are held constant, and z stays open to
     * the gradient. The closed KL is not offered, for it is no function of z.
     */
    public StochasticLayer withFrozenDensity() {
        return scoredBy(inference.frozen());
    }

    /** The same samples, with log q(z|x) as the density at the latent as it is seen downstream, not by the noise. */
    public StochasticLayer withDensityAtLatent() {
        return scoredBy(inference::posterior);
    }

    private StochasticLayer scoredBy(Supplier<ApproximatePosterior> posterior) {
        Memoized<NDArray> logProb = Memoized.of(() -> density(posterior.get()).logProb(inference.latent()));
        Sample drawn = inference.sample();
        Sample scored = new Sample(drawn.value(), Optional.of(logProb), drawn.codes());
        Inference other = new Inference(inference.posterior(), inference.frozen(), scored, inference.latent());
        return new StochasticLayer(other, logPrior, Memoized.of(Optional::empty));
    }

    private static void requireSameEvents(Shape prior, Shape z) {
        if (!prior.equals(z)) {
            throw new IllegalArgumentException("the prior has events of shape " + prior + " and z of the posterior of "
                    + z + "; expected equal shapes: give prior and posterior the same number of dimensions");
        }
    }

    private static Distribution density(ApproximatePosterior posterior) {
        return posterior
                .density()
                .orElseThrow(() -> new IllegalStateException("this posterior has no density that can be evaluated at a"
                        + " given z, and the estimator needs one; use the pathwise estimator"));
    }
}
