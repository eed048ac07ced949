package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Lazy;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.distribution.Factorised;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One stochastic layer of a forward pass, explained by its prior.
 *
 * @param inference the posterior and its draws
 * @param logPrior log p(z|parents), [K, B], nats
 * @param closedKl KL(q || p) in closed form given the sampled parents, [K or 1, B], nats; empty where there is none
 * @param closedKlEach the same for each latent dimension, [K or 1, B, ...Z], nats; empty where there is none
 */
public record Layer(
        Inference inference,
        Lazy<NDArray> logPrior,
        Lazy<Optional<NDArray>> closedKl,
        Lazy<Optional<NDArray>> closedKlEach) {

    /** A layer that knows no divergence per dimension. */
    public Layer(Inference inference, Lazy<NDArray> logPrior, Lazy<Optional<NDArray>> closedKl) {
        this(inference, logPrior, closedKl, Lazy.of(Optional::empty));
    }

    /**
     * Explained by a prior with a density.
     *
     * @param prior p(z|parents), [K or 1, B or 1, ...Z]
     */
    public static Layer of(Inference inference, Distribution prior) {
        ApproximatePosterior posterior = inference.posterior();
        return new Layer(
                inference.requireContinuous(),
                Lazy.of(() -> prior.logProb(inference.latent())),
                Lazy.of(() -> posterior.kl(prior)),
                Lazy.of(() -> posterior
                        .density()
                        .flatMap(q -> q instanceof Factorised each ? each.klEach(prior) : Optional.empty())));
    }

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

    /**
     * The same draws, with log q(z|x) as a function of z alone: q's parameters are held constant, and z stays open to
     * the gradient. The closed KL is not offered, for it is no function of z.
     */
    public Layer withFrozenDensity() {
        return scoredBy(inference.frozen());
    }

    /** The same draws, with log q(z|x) as the density at the latent as it is seen downstream, not by the noise. */
    public Layer withDensityAtLatent() {
        return scoredBy(inference::posterior);
    }

    private Layer scoredBy(Supplier<ApproximatePosterior> posterior) {
        Lazy<NDArray> logProb = Lazy.of(() -> density(posterior.get()).logProb(inference.latent()));
        Draw drawn = inference.draw();
        Draw scored = new Draw(drawn.value(), Optional.of(logProb), drawn.codes());
        Inference other = new Inference(inference.posterior(), inference.frozen(), scored, inference.latent());
        return new Layer(other, logPrior, Lazy.of(Optional::empty));
    }

    private static Distribution density(ApproximatePosterior posterior) {
        return posterior
                .density()
                .orElseThrow(() -> new IllegalStateException("this posterior has no density that can be evaluated at a"
                        + " given z, and the estimator needs one; use the reparameterised estimator"));
    }
}
