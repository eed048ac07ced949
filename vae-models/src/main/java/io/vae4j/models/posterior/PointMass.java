package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Optional;

/**
 * A posterior with all its mass at one point: every sample is that point, and there is no density.
 *
 * @param pointEstimate [K or 1, B, D]
 */
record PointMass(NDArray pointEstimate) implements ApproximatePosterior {

    @Override
    public Sample sample(Pass pass, long samples) {
        return Sample.of(pointEstimate.broadcast(Sample.shape(pointEstimate, samples)));
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(pointEstimate);
    }

    @Override
    public Optional<Distribution> density() {
        return Optional.empty();
    }

    /** Zero, [K or 1, B]: the autoencoder drops the term, which is infinite whatever the point. */
    @Override
    public Optional<NDArray> kl(Distribution prior) {
        return Optional.of(Ops.full(pointEstimate, pointEstimate.getShape().slice(0, 2), 0));
    }

    @Override
    public Optional<NDArray> penalty() {
        return Optional.empty();
    }
}
