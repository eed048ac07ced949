package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.Aten;

/**
 * Independent bits, {@code log p(x) = sum_j x_j l_j - softplus(l_j)} for logits l: the slides' {@code sum_j x_j log p_j
 * + (1 - x_j) log(1 - p_j)} with nothing to overflow.
 *
 * @param logits log p/(1-p), [K or 1, B or 1, ...event]
 * @param eventRank how many trailing axes make one event
 */
public record Bernoulli(NDArray logits, int eventRank) implements LogitFamily {

    public Bernoulli {
        Shapes.requireParameter("logits", logits, eventRank);
    }

    @Override
    public Support support() {
        return Support.BINARY;
    }

    /** The log probability of bits; gray levels are for {@link GrayCrossEntropy}. It may be differentiated once. */
    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Shapes.overGroups(Aten::bitLogLikelihood, logits, value, eventRank);
    }

    /** {@code softplus(l) = log(e^0 + e^l)}. */
    @Override
    public NDArray logNormalizer() {
        return Ops.softplus(logits);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        NDArray mean = mean();
        NDArray uniform = noise.uniform(Sample.shape(mean, samples), mean);
        return uniform.lt(mean).toType(mean.getDataType(), false);
    }

    @Override
    public NDArray mean() {
        return Activation.sigmoid(logits);
    }
}
