package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.List;
import java.util.Optional;

/**
 * The standard normal distribution N(0, I), kept apart from {@link DiagonalNormal} because its density and divergence
 * need no parameters.
 *
 * @param zeros a batch's array of zeros, [1, B or 1, ...event]: it says shape, device, type and owner
 * @param eventRank how many trailing axes make one event
 */
public record StandardNormal(NDArray zeros, int eventRank) implements ReparameterizedDistribution, Factorized {

    public StandardNormal {
        Shapes.requireParameter("zeros", zeros, eventRank);
    }

    /** The standard normal over vectors, with the device, type and owner of {@code like}. */
    public static StandardNormal over(NDArray like, long dimensions) {
        return new StandardNormal(Ops.full(like, new Shape(1, 1, dimensions), 0), 1);
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public NDArray logProbEach(NDArray value) {
        return Normals.standardLogProbEach(zeros.sub(value));
    }

    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Normals.standardLogProb(zeros.sub(value), eventRank);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return Normals.noise(noise, zeros, samples);
    }

    @Override
    public Sample rsample(Noise noise, long samples) {
        NDArray value = sample(noise, samples);
        return Sample.of(value, Memoized.of(() -> logProb(value)));
    }

    @Override
    public NDArray mean() {
        return zeros;
    }

    @Override
    public Optional<NDArray> klEach(Distribution other) {
        return new DiagonalNormal(zeros, zeros, eventRank).klEach(other);
    }

    @Override
    public Optional<NDArray> kl(Distribution other) {
        return new DiagonalNormal(zeros, zeros, eventRank).kl(other);
    }

    @Override
    public Optional<NDArray> entropyEach() {
        return Optional.of(Ops.shift(zeros, Normals.STANDARD_ENTROPY));
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(new Constraint("zeros", zeros, 0, 0, "use DiagonalNormal for any other mean"));
    }
}
