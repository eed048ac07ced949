package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Sample;
import java.util.function.Supplier;

/**
 * The approximate posterior of one stochastic layer, with samples z from it.
 *
 * @param posterior q(z|parent)
 * @param frozen the same q with its parameters (not its inputs) held constant, made when asked for
 * @param sample z ~ q, [K, B, ...Z]
 * @param latent what everything downstream sees of z: the sample's value, or a leaf copy of it
 */
public record Inference(
        ApproximatePosterior posterior, Supplier<ApproximatePosterior> frozen, Sample sample, NDArray latent) {

    /**
     * Samples from a posterior.
     *
     * @param samples how many for each of the posterior's own, 1 but for the layer that is drawn first
     */
    public static Inference of(
            Pass pass, ApproximatePosterior posterior, Supplier<ApproximatePosterior> frozen, long samples) {
        Sample sample = posterior.sample(pass, samples);
        return new Inference(posterior, frozen, sample, pass.latent(sample.value()));
    }

    /** Refuses codes under a density: log q of codes is a probability's, and their difference would mean nothing. */
    public Inference requireContinuous() {
        if (sample.codes().isPresent()) {
            throw new IllegalArgumentException("the posterior samples discrete codes and the prior has a density over"
                    + " vectors; give the model a prior over codes");
        }
        return this;
    }
}
