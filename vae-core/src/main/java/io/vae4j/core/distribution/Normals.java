package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;

/** The standard normal density of noise and the shape of samples, for all normal families. */
final class Normals {

    /** log sqrt(2 pi), the normalizer of one dimension. */
    static final double LOG_NORMALIZER = 0.5 * Math.log(2 * Math.PI);

    /** The entropy of one dimension, 1/2 log(2 pi e). */
    static final double STANDARD_ENTROPY = LOG_NORMALIZER + 0.5;

    private static final TorchFunction WITHIN_REACH = TorchFunction.of("eps", "torch.clamp(eps, -1e15, 1e15)");

    private Normals() {}

    /**
     * For the density at any value, a distance whose square float32 holds, in sums and as gradients: what lies more
     * than 1e15 standard deviations out has the density of what lies there, and passes no gradient. An overflow would
     * leave NaN in every parameter below.
     */
    static NDArray withinReach(NDArray eps) {
        return WITHIN_REACH.apply(eps);
    }

    /** log N(eps; 0, 1) of each element. */
    static NDArray standardLogProbEach(NDArray eps) {
        return Ops.shift(Ops.scale(eps.square(), -0.5), -LOG_NORMALIZER);
    }

    /** log N(eps; 0, I) over the last axes, [K, B]. */
    static NDArray standardLogProb(NDArray eps, int eventRank) {
        Shape shape = eps.getShape();
        double elements = (double) shape.slice(shape.dimension() - eventRank).size();
        NDArray squares = Ops.sumEvents(eps.square(), eventRank);
        return Ops.shift(Ops.scale(squares, -0.5), -elements * LOG_NORMALIZER);
    }

    /** Noise for {@code samples} samples from parameters of shape [K or 1, B, ...event]: [K, B, ...event]. */
    static NDArray noise(Noise noise, NDArray parameter, long samples) {
        return noise.normal(Sample.shape(parameter, samples), parameter);
    }
}
