package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.torch.TorchFunction;

/**
 * The density over gray levels whose formula is {@link Bernoulli}'s: {@code p(x) = C(p) p^x (1-p)^(1-x)} for x in [0,
 * 1]. Loaiza-Ganem and Cunningham 2019, https://arxiv.org/abs/1907.06845
 *
 * <p>In logits it is {@code exp(l x - A(l))} with {@code A(l) = log((e^l - 1) / l)}, which is 0/0 at l = 0, that is at
 * p = 1/2. There a Taylor series takes over, and the exact branch is fed a constant, so that neither branch can send
 * NaN through the gradient of the other.
 *
 * @param logits log p/(1-p), [K or 1, B or 1, ...event]; the mean is not p
 * @param eventRank how many trailing axes make one event
 */
public record ContinuousBernoulli(NDArray logits, int eventRank) implements LogitFamily, ReparameterizedDistribution {

    /** With h = l/2, {@code A = h + log(sinh(h) / h)}; the series is exact to 1e-15 below |l| = 0.4. */
    private static final TorchFunction LOG_NORMALIZER = TorchFunction.ofBody("l", """
            near = torch.lt(torch.abs(l), 0.4)
            s = l * l * 0.25
            tail = s * (1. / 2835. + s * (-1. / 37800. + s / 467775.))
            series = l * 0.5 + s * (1. / 6. + s * (-1. / 180. + tail))
            a = torch.where(near, torch.ones_like(l), torch.abs(l))
            exact = torch.relu(l) + torch.log1p(-torch.exp(-a)) - torch.log(a)
            return torch.where(near, series, exact)""");

    /** {@code mean = A'(l) = (1 + coth(h) - 1/h) / 2} of logits {@code l}, in TorchScript that is Python as well. */
    public static final String MEAN_CODE = """
            near = torch.lt(torch.abs(l), 0.4)
            h = l * 0.5
            s = h * h
            tail = s * s * (2. / 945. + s * (-1. / 4725. + s * 2. / 93555.))
            series = h * (1. / 3. - s / 45. + tail)
            f = torch.where(near, torch.ones_like(h), h)
            exact = torch.reciprocal(torch.tanh(f)) - torch.reciprocal(f)
            mean = torch.where(near, series, exact) * 0.5 + 0.5
            """;

    private static final TorchFunction MEAN = TorchFunction.ofBody("l", MEAN_CODE + "return mean");

    /**
     * {@code x = log(1 + u (e^l - 1)) / l}. For l > 0 the mirror image, {@code 1 - x(1-u, -l)}, does not overflow. Near
     * zero the numerator is the cumulant generating function of a bit of probability u: its cumulants are the series.
     */
    private static final TorchFunction QUANTILE = TorchFunction.ofBody("l, u", """
            near = torch.lt(torch.abs(l), 0.02)
            w = u * (1. - u)
            skew = 1. - u * 2.
            tail = l * ((1. - w * 6.) / 24. + l * skew * (1. - w * 12.) / 120.)
            series = u + w * l * (0.5 + l * (skew / 6. + tail))
            a = torch.where(near, torch.full_like(l, -1), -torch.abs(l))
            below = torch.lt(l, 0)
            y = torch.log1p(torch.where(below, u, 1. - u) * torch.expm1(a)) / a
            exact = torch.where(below, y, 1. - y)
            return torch.where(near, series, exact)""");

    public ContinuousBernoulli {
        Shapes.requireParameter("logits", logits, eventRank);
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public NDArray logNormalizer() {
        return LOG_NORMALIZER.apply(logits);
    }

    @Override
    public NDArray mean() {
        return MEAN.apply(logits);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return rsample(noise, samples).value().stopGradient();
    }

    /** Samples by the inverse of the cumulative distribution function. */
    @Override
    public Sample rsample(Noise noise, long samples) {
        NDArray value = QUANTILE.apply(logits, Uniforms.open(noise, logits, samples));
        return Sample.of(value, Memoized.of(() -> logProb(value)));
    }
}
