package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import java.util.Optional;

/** The approximate posterior q(z|x,c) of one batch: a distribution of latents for each example. */
public interface ApproximatePosterior {

    /** Differentiable samples z, [K, B, ...Z], with log q(z|x). */
    Sample sample(Pass pass, long samples);

    /** A representative point for reconstructions: the mean of a Gaussian, [K or 1, B, ...Z]. */
    NDArray pointEstimate();

    /**
     * E_q[z], [K or 1, B, ...Z], where it is known without samples; empty for a flow, whose center is another point.
     */
    default Optional<NDArray> mean() {
        return Optional.empty();
    }

    /** The density, where it can be evaluated at any z; empty for a point mass. */
    Optional<Distribution> density();

    /**
     * KL(q || prior) in closed form, [K or 1, B], nats; empty where the samples must estimate it. A point mass answers
     * zero, since its divergence is infinite for any point and an autoencoder leaves it out.
     */
    default Optional<NDArray> kl(Distribution prior) {
        return density().flatMap(q -> q.kl(prior));
    }

    /** A term that the family adds to the loss whatever the objective (a commitment, for instance), [B], nats. */
    Optional<NDArray> penalty();
}
