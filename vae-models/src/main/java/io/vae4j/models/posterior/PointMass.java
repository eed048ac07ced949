package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Optional;

/**
 * All mass at one point: every draw is that point, and there is no density.
 *
 * @param centre [K or 1, B, D]
 */
record PointMass(NDArray centre) implements ApproximatePosterior {

    @Override
    public Draw draw(Pass pass, long draws) {
        return Draw.of(centre.broadcast(Draw.shape(centre, draws)));
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(centre());
    }

    @Override
    public Optional<Distribution> density() {
        return Optional.empty();
    }

    /** Zero, [K or 1, B]: the autoencoder drops the term, which is infinite whatever the point. */
    @Override
    public Optional<NDArray> kl(Distribution prior) {
        return Optional.of(Ops.full(centre, centre.getShape().slice(0, 2), 0));
    }

    @Override
    public Optional<NDArray> penalty() {
        return Optional.empty();
    }
}
