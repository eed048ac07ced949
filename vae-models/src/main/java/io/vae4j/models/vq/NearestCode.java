package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Memoized;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Optional;

/** A posterior with all its probability on the nearest code of each position. */
record NearestCode(
        Codebook codebook, CodeGrid grid, Assignment assignment, QuantizationGradient gradient, double commitment)
        implements ApproximatePosterior {

    /** The codes, with log q = log 1: a probability and no density. */
    @Override
    public Sample sample(Pass pass, long samples) {
        NDArray point = grid.channelsFirst(gradient.through(assignment.encoded(), assignment.nearest()));
        NDArray value = point.broadcast(Sample.shape(point, samples));
        NDArray codes = grid.codes(assignment.indices());
        Memoized<NDArray> logProb =
                Memoized.of(() -> Ops.full(value, value.getShape().slice(0, 2), 0));
        return new Sample(value, Optional.of(logProb), Optional.of(codes.broadcast(Sample.shape(codes, samples))));
    }

    @Override
    public NDArray pointEstimate() {
        return grid.channelsFirst(assignment.nearest());
    }

    @Override
    public Optional<NDArray> mean() {
        return Optional.of(pointEstimate());
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
