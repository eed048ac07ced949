package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.Optional;

/**
 * Independent bits, {@code log p(x) = sum_j x_j l_j - softplus(l_j)} for logits l: the slides' {@code sum_j x_j log p_j
 * + (1 - x_j) log(1 - p_j)} with nothing to overflow.
 *
 * @param logits log p/(1-p), [K or 1, B or 1, ...event]
 * @param eventRank how many trailing axes make one event
 */
public record Bernoulli(NDArray logits, int eventRank) implements Factorised {

    @Override
    public Support support() {
        return Support.BINARY;
    }

    @Override
    public NDArray logProbEach(NDArray value) {
        return logits.mul(value).sub(Ops.softplus(logits));
    }

    @Override
    public NDArray sample(Noise noise, long draws) {
        NDArray mean = mean();
        NDArray uniform = noise.uniform(Draw.shape(mean, draws), mean);
        return uniform.lt(mean).toType(mean.getDataType(), false);
    }

    @Override
    public NDArray mean() {
        return Activation.sigmoid(logits);
    }

    /** {@code p (l - m) - softplus(l) + softplus(m)} for logits l of this and m of the other. */
    @Override
    public Optional<NDArray> klEach(Distribution other) {
        if (other instanceof Bernoulli p) {
            NDArray expected = mean().mul(logits.sub(p.logits));
            return Optional.of(expected.sub(Ops.softplus(logits)).add(Ops.softplus(p.logits)));
        }
        return Optional.empty();
    }
}
