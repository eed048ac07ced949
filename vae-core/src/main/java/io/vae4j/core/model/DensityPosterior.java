package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.ReparameterizedDistribution;
import io.vae4j.core.distribution.Sample;
import java.util.Optional;

/** An approximate posterior that is a reparameterizable distribution: the ordinary case. */
public record DensityPosterior(ReparameterizedDistribution distribution) implements ApproximatePosterior {

    @Override
    public Sample sample(Pass pass, long samples) {
        return distribution.rsample(pass.noise(), samples);
    }

    @Override
    public NDArray pointEstimate() {
        return distribution.mean();
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(pointEstimate());
    }

    @Override
    public Optional<Distribution> density() {
        return Optional.of(distribution);
    }

    @Override
    public Optional<NDArray> penalty() {
        return Optional.empty();
    }
}
