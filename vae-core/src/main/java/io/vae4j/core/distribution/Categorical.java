package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.List;
import java.util.Optional;

/**
 * One of C classes at each position, {@code log p(x) = sum_c x_c (l_c - logsumexp l)} for logits l.
 *
 * <p>Values are one-hot, not class numbers: they then have the shape, type and axes of the mean and of every other
 * family's values, a network takes them as they are, a relaxation can stand in for them, and no index is gathered.
 * {@link #oneHot} makes them from class numbers.
 *
 * @param logits any numbers, normalized over the last axis, [K or 1, B or 1, ...positions, C]
 * @param eventRank how many trailing axes make one event, the axis of the classes included: at least 1
 */
public record Categorical(NDArray logits, int eventRank) implements Distribution {

    public Categorical {
        Shapes.requireParameter("logits", logits, eventRank);
        if (eventRank == 0) {
            throw new IllegalArgumentException(
                    "the event rank is 0; expected at least 1: the last axis holds the classes");
        }
    }

    /**
     * Class numbers as one-hot vectors.
     *
     * @param codes whole numbers from 0 to classes - 1, of any shape
     * @param like says the type of the result
     * @return the shape of {@code codes} with an axis of the classes behind
     */
    public static NDArray oneHot(NDArray codes, int classes, NDArray like) {
        NDArray whole = codes.toType(DataType.INT64, false);
        return whole.oneHot(classes, like.getDataType());
    }

    @Override
    public Support support() {
        return Support.ONE_HOT;
    }

    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Ops.sumEvents(logits.logSoftmax(-1).mul(value), eventRank);
    }

    /** The largest logit plus Gumbel noise. Gumbel 1954; Maddison et al. 2014, https://arxiv.org/abs/1411.0030 */
    @Override
    public NDArray sample(Noise noise, long samples) {
        NDArray codes = logits.add(Uniforms.gumbel(noise, logits, samples)).argMax(-1);
        return oneHot(codes, Math.toIntExact(logits.getShape().get(shape().dimension() - 1)), logits);
    }

    /** The probabilities. */
    @Override
    public NDArray mean() {
        return logits.softmax(-1);
    }

    @Override
    public Optional<NDArray> kl(Distribution other) {
        if (other instanceof Categorical p) {
            NDArray logRatio = logits.logSoftmax(-1).sub(p.logits.logSoftmax(-1));
            return Optional.of(Ops.sumEvents(mean().mul(logRatio), eventRank));
        }
        return Optional.empty();
    }

    @Override
    public Optional<NDArray> entropy() {
        NDArray surprise = logits.logSoftmax(-1).neg();
        return Optional.of(Ops.sumEvents(mean().mul(surprise), eventRank));
    }

    @Override
    public Shape shape() {
        return logits.getShape();
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(Constraint.finite("logits", logits));
    }
}
