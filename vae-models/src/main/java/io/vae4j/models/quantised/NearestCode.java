package io.vae4j.models.quantised;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Lazy;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Optional;

/** All probability on the nearest code of each position. */
record NearestCode(Codebook codebook, CodeGrid grid, Assignment assignment, CodeGradient gradient, double commitment)
        implements ApproximatePosterior {

    /** The codes, with log q = log 1: a probability and no density. */
    @Override
    public Draw draw(Pass pass, long draws) {
        NDArray point = grid.channelsFirst(gradient.through(assignment.encoded(), assignment.nearest()));
        NDArray value = point.broadcast(Draw.shape(point, draws));
        NDArray codes = grid.codes(assignment.indices());
        Lazy<NDArray> logProb = Lazy.of(() -> Ops.full(value, value.getShape().slice(0, 2), 0));
        return new Draw(value, Optional.of(logProb), Optional.of(codes.broadcast(Draw.shape(codes, draws))));
    }

    @Override
    public NDArray centre() {
        return grid.channelsFirst(assignment.nearest());
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(centre());
    }

    @Override
    public Optional<Distribution> density() {
        return Optional.empty();
    }

    /**
     * {@code beta ||z - sg(e)||^2}, and {@code ||sg(z) - e||^2} where the codes learn by gradient; summed over events.
     */
    @Override
    public Optional<NDArray> penalty() {
        NDArray z = assignment.encoded();
        NDArray e = assignment.nearest();
        NDArray committed = Ops.scale(z.sub(e.stopGradient()).square(), commitment);
        NDArray terms = codebook.update() instanceof CodebookUpdate.ByGradient
                ? committed.add(z.stopGradient().sub(e).square())
                : committed;
        return Optional.of(grid.sumEvents(terms).mean(new int[] {0}));
    }
}
