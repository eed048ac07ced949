package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.Optional;

/**
 * The factorized Gaussian N(loc, diag(exp(logScale)^2)). Kingma and Welling 2014, appendix B,
 * https://arxiv.org/abs/1312.6114
 *
 * @param loc the mean, [K or 1, B or 1, ...event]
 * @param logScale the log standard deviation, of the same shape
 * @param eventRank how many trailing axes make one event
 */
public record DiagonalNormal(NDArray loc, NDArray logScale, int eventRank) implements LocationScale {

    public DiagonalNormal {
        LocationScale.requireFit(loc, logScale, eventRank);
    }

    @Override
    public NDArray standardNoise(Noise noise, long samples) {
        return Normals.noise(noise, loc, samples);
    }

    @Override
    public NDArray standardLogProbEach(NDArray eps) {
        return Normals.standardLogProbEach(eps);
    }

    @Override
    public NDArray standardLogProb(NDArray eps) {
        return Normals.standardLogProb(eps, eventRank);
    }

    @Override
    public NDArray withinReach(NDArray eps) {
        return Normals.withinReach(eps);
    }

    @Override
    public double standardEntropy() {
        return Normals.STANDARD_ENTROPY;
    }

    /** {@code 1/2 (sigma^2 + mu^2 - 1) - log sigma} against N(0, I), and its general form against another diagonal. */
    @Override
    public Optional<NDArray> klEach(Distribution other) {
        if (other instanceof StandardNormal) {
            NDArray moments = Ops.scale(logScale, 2).exp().add(loc.square());
            return Optional.of(Ops.shift(Ops.scale(moments, 0.5), -0.5).sub(logScale));
        }
        if (other instanceof DiagonalNormal p) {
            NDArray logRatio = logScale.sub(p.logScale);
            NDArray distance = loc.sub(p.loc).mul(p.logScale.neg().exp());
            NDArray moments = Ops.scale(logRatio, 2).exp().add(distance.square());
            return Optional.of(Ops.shift(Ops.scale(moments, 0.5), -0.5).sub(logRatio));
        }
        return Optional.empty();
    }

    @Override
    public Optional<NDArray> kl(Distribution other) {
        return other instanceof FullNormal && eventRank == 1
                ? FullNormal.of(this).kl(other)
                : LocationScale.super.kl(other);
    }
}
