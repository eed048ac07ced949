package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import java.util.Optional;

/** A posterior with all its probability on the nearest code of each position. */
record NearestCode(
        Codebook codes, CodeGrid grid, Assignment assignment, QuantizationGradient gradient, double commitment)
        implements CodePosterior {

    @Override
    public NDArray indices() {
        return grid.codes(assignment.indices());
    }

    @Override
    public NDArray differentiable() {
        return grid.channelsFirst(gradient.through(assignment.encoded(), assignment.nearest()));
    }

    @Override
    public NDArray pointEstimate() {
        return grid.channelsFirst(assignment.nearest());
    }

    /**
     * {@code beta ||z - sg(e)||^2}, and {@code ||sg(z) - e||^2} where the codes learn by gradient; summed over events.
     */
    @Override
    public Optional<NDArray> penalty() {
        NDArray z = assignment.encoded();
        NDArray e = assignment.nearest();
        NDArray committed = Ops.scale(z.sub(e.stopGradient()).square(), commitment);
        NDArray terms = codes.update() instanceof CodebookUpdate.ByGradient
                ? committed.add(z.stopGradient().sub(e).square())
                : committed;
        return Optional.of(grid.sumEvents(terms).mean(new int[] {0}));
    }
}
