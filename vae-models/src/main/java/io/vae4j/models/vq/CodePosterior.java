package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.Optional;

/** A posterior with all its probability on one code at each position. */
public interface CodePosterior extends ApproximatePosterior {

    /** What it chooses from. */
    Codes codes();

    /** Which code each position has, [K or 1, B, ...positions], INT64. */
    NDArray indices();

    /** The codes with the gradient that stands in for the quantization's, [K or 1, B, D, ...positions]. */
    NDArray differentiable();

    /** The codes, with log q = log 1: a probability and no density. */
    @Override
    default Sample sample(Pass pass, long samples) {
        NDArray point = differentiable();
        NDArray value = point.broadcast(Sample.shape(point, samples));
        Memoized<NDArray> logProb =
                Memoized.of(() -> Ops.full(value, value.getShape().slice(0, 2), 0));
        Shape each = Sample.shape(indices(), samples);
        return new Sample(value, Optional.of(logProb), Optional.of(indices().broadcast(each)));
    }

    @Override
    default Optional<NDArray> mean() {
        return Optional.of(pointEstimate());
    }

    @Override
    default Optional<Distribution> density() {
        return Optional.empty();
    }
}
