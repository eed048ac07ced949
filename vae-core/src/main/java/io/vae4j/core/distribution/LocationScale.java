package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.List;
import java.util.Optional;

/**
 * A distribution that shifts and scales symmetric standard noise, {@code z = loc + exp(logScale) * eps}: a family says
 * what its noise is, and density, samples and entropy follow by the change of variables, {@code log|det dz/deps| = sum
 * logScale}.
 */
public interface LocationScale extends ReparameterizedDistribution, Factorized {

    /** Between minus and plus this, scales, their squares and their gradients are finite in float32. */
    double LOG_SCALE_BOUND = 10;

    /** A learned number as a log scale: softly bounded to +-{@link #LOG_SCALE_BOUND}, and itself near zero. */
    static NDArray boundedLogScale(NDArray raw) {
        return Ops.softBound(raw, LOG_SCALE_BOUND);
    }

    /**
     * Refuses parameters that are not of one shape, [K or 1, B or 1, ...event]: broadcasting would hide a mismatch.
     *
     * @throws IllegalArgumentException naming the parameter, its shape and the remedy
     */
    static void requireFit(NDArray loc, NDArray logScale, int eventRank) {
        Shapes.requireEqual("loc", loc, "logScale", logScale);
        Shapes.requireParameter("loc", loc, eventRank);
    }

    /** The center, [K or 1, B or 1, ...event]. */
    NDArray loc();

    /** The logarithm of the scale, of the same shape. */
    NDArray logScale();

    /** Samples of the noise, [K, B, ...event]. */
    NDArray standardNoise(Noise noise, long samples);

    /** The log density of each element of the noise, nats. */
    NDArray standardLogProbEach(NDArray eps);

    /** The log density of the noise, [K, B], nats. */
    default NDArray standardLogProb(NDArray eps) {
        return Ops.sumEvents(standardLogProbEach(eps), eventRank());
    }

    /** The entropy of one element of the noise, nats. */
    double standardEntropy();

    @Override
    default Support support() {
        return Support.REAL;
    }

    @Override
    default NDArray logProbEach(NDArray value) {
        return standardLogProbEach(standardized(value)).sub(logScale());
    }

    @Override
    default NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return changedVariables(standardized(value));
    }

    /** The noise that leads to a value, up to its sign: its density is symmetric. */
    private NDArray standardized(NDArray value) {
        return withinReach(loc().sub(value).mul(logScale().neg().exp()));
    }

    /** The noise that leads to a value, kept where its density can be computed; not needed where none overflows. */
    default NDArray withinReach(NDArray eps) {
        return eps;
    }

    /** Each term is summed by itself: sums over the events come before all arithmetic that can wait for them. */
    private NDArray changedVariables(NDArray eps) {
        return standardLogProb(eps).sub(Ops.sumEvents(logScale(), eventRank()));
    }

    @Override
    default NDArray sample(Noise noise, long samples) {
        return rsample(noise, samples).value().stopGradient();
    }

    @Override
    default Sample rsample(Noise noise, long samples) {
        NDArray eps = standardNoise(noise, samples);
        NDArray value = loc().add(logScale().exp().mul(eps));
        return Sample.of(value, Memoized.of(() -> changedVariables(eps)));
    }

    @Override
    default NDArray mean() {
        return loc();
    }

    @Override
    default Optional<NDArray> entropyEach() {
        return Optional.of(Ops.shift(logScale(), standardEntropy()));
    }

    @Override
    default Shape shape() {
        return loc().getShape();
    }

    @Override
    default List<Constraint> constraints() {
        return List.of(Constraint.finite("loc", loc()), Constraint.logScale(logScale()));
    }
}
