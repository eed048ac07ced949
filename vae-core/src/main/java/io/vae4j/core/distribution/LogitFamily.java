package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The exponential family {@code log p(x) = l x - A(l)} in its natural parameter l, the logit, over {0, 1} or over [0,
 * 1]. The support alone decides A; mean, divergence and entropy follow from it.
 */
public sealed interface LogitFamily extends Factorized permits Bernoulli, ContinuousBernoulli {

    /** l, [K or 1, B or 1, ...event]. */
    NDArray logits();

    /** A(l), the logarithm of the total of exp(l x) over the support, of each element. */
    NDArray logNormalizer();

    @Override
    default NDArray logProbEach(NDArray value) {
        return logits().mul(value).sub(logNormalizer());
    }

    /** {@code A'(l) (l - m) - A(l) + A(m)} for logits l of this and m of the other. */
    @Override
    default Optional<NDArray> klEach(Distribution other) {
        if (other instanceof LogitFamily p && p.support() == support()) {
            NDArray expected = mean().mul(logits().sub(p.logits()));
            return Optional.of(expected.sub(logNormalizer()).add(p.logNormalizer()));
        }
        return Optional.empty();
    }

    /** {@code A(l) - l A'(l)}. */
    @Override
    default Optional<NDArray> entropyEach() {
        return Optional.of(logNormalizer().sub(logits().mul(mean())));
    }

    @Override
    default Shape shape() {
        return logits().getShape();
    }

    @Override
    default List<Constraint> constraints() {
        return List.of(Constraint.finite("logits", logits()));
    }
}
