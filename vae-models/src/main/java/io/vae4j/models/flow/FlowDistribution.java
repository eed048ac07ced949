package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.ReparameterizedDistribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.Support;
import java.util.List;
import java.util.Optional;

/**
 * The density of a flow at any point: back through the inverses to the base. {@code log q(z_T) = log q(z_0) - sum
 * log|det dz_t/dz_(t-1)|} with {@code z_0 = f^-1(z_T)}; minus infinity, with a gradient of zero, where the inverse
 * overflows.
 *
 * @param flows the flows of {@code forwards}, in the order in which they are applied
 */
record FlowDistribution(Flowed forwards, List<InvertibleFlow> flows) implements ReparameterizedDistribution {

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public NDArray logProb(NDArray value) {
        NDArray point = value.getShape().dimension() == 2 ? value.expandDims(0) : value;
        NDArray alive = OverflowGuard.alive(point);
        NDArray z = OverflowGuard.orZero(point, alive);
        Optional<NDArray> logDet = Optional.empty();
        for (int i = flows.size() - 1; i >= 0; i--) {
            Flow.Transformed before = flows.get(i).invert(forwards.parameters(), z, forwards.context());
            alive = OverflowGuard.alive(before.value()).logicalAnd(alive);
            z = OverflowGuard.orZero(before.value(), alive);
            logDet = Optional.of(logDet.map(sum -> sum.add(before.logDet())).orElse(before.logDet()));
        }
        NDArray logBase = forwards.base().logProb(z);
        return OverflowGuard.orImpossible(logDet.map(logBase::sub).orElse(logBase), alive);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return rsample(noise, samples).value().stopGradient();
    }

    @Override
    public Sample rsample(Noise noise, long samples) {
        return forwards.sample(forwards.parameters().with(noise), samples);
    }

    /** A flow keeps the shape of what it transforms. */
    @Override
    public Shape shape() {
        return forwards.base().shape();
    }

    /** Not known in closed form, and refused. */
    @Override
    public NDArray mean() {
        throw new UnsupportedOperationException(
                "the mean of a flow has no closed form; average samples, or take the posterior's center");
    }

    @Override
    public Optional<NDArray> kl(Distribution other) {
        return Optional.empty();
    }
}
