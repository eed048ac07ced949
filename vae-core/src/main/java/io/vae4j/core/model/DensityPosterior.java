package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.distribution.Reparameterized;
import java.util.Optional;

/** The ordinary case: q(z|x) is a reparameterisable distribution. */
public record DensityPosterior(Reparameterized distribution) implements ApproximatePosterior {

    @Override
    public Draw draw(Pass pass, long draws) {
        return distribution.rsample(pass.noise(), draws);
    }

    @Override
    public NDArray centre() {
        return distribution.mean();
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(centre());
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
