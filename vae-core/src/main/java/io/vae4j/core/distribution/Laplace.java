package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.Optional;

/**
 * The factorized Laplace distribution, {@code log p(x) = -|x - loc| / b - log 2b} for b = exp(logScale): the likelihood
 * whose reconstruction term is the absolute error.
 *
 * @param loc the mean, [K or 1, B or 1, ...event]
 * @param logScale log b, of the same shape; the standard deviation is b sqrt(2)
 * @param eventRank how many trailing axes make one event
 */
public record Laplace(NDArray loc, NDArray logScale, int eventRank) implements LocationScale {

    public Laplace {
        LocationScale.requireFit(loc, logScale, eventRank);
    }

    /** The difference of two exponentials would need two arrays of noise; folding one uniform at 1/2 needs one. */
    @Override
    public NDArray standardNoise(Noise noise, long samples) {
        NDArray centered = Ops.shift(Uniforms.open(noise, loc, samples), -0.5);
        NDArray tail = Ops.shift(Ops.scale(centered.abs(), -2), 1).log();
        return centered.sign().mul(tail).neg();
    }

    @Override
    public NDArray standardLogProbEach(NDArray eps) {
        return Ops.shift(eps.abs().neg(), -Math.log(2));
    }

    @Override
    public double standardEntropy() {
        return 1 + Math.log(2);
    }

    /** {@code log(c/b) + |mu - nu| / c + (b/c) exp(-|mu - nu| / b) - 1} against Laplace(nu, c). */
    @Override
    public Optional<NDArray> klEach(Distribution other) {
        if (other instanceof Laplace p) {
            NDArray logRatio = logScale.sub(p.logScale);
            NDArray distance = loc.sub(p.loc).abs();
            NDArray near = logRatio.sub(distance.mul(logScale.neg().exp())).exp();
            NDArray far = distance.mul(p.logScale.neg().exp());
            return Optional.of(Ops.shift(far.add(near).sub(logRatio), -1));
        }
        return Optional.empty();
    }
}
