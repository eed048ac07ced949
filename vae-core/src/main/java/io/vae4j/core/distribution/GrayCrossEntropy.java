package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.torch.Aten;
import java.util.List;
import java.util.Optional;

/**
 * The cross-entropy of gray levels, {@code sum_j x_j log p_j + (1 - x_j) log(1 - p_j)} for x in [0, 1]: the relaxation
 * of {@link Bernoulli} that the slides' MNIST run uses. Its exponential does not integrate to one, so it is not a
 * log-likelihood, and bounds built on it are not comparable with those of binary data.
 *
 * @param bits the Bernoulli whose formula is stretched
 */
public record GrayCrossEntropy(Bernoulli bits) implements Factorized {

    @Override
    public int eventRank() {
        return bits.eventRank();
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    /** It may be differentiated once. */
    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Shapes.overGroups(Aten::grayLogLikelihood, bits.logits(), value, eventRank());
    }

    @Override
    public NDArray logProbEach(NDArray value) {
        return bits.logProbEach(value);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return bits.sample(noise, samples);
    }

    @Override
    public NDArray mean() {
        return bits.mean();
    }

    @Override
    public Optional<NDArray> klEach(Distribution other) {
        return Optional.empty();
    }

    @Override
    public Shape shape() {
        return bits.shape();
    }

    @Override
    public List<Constraint> constraints() {
        return bits.constraints();
    }
}
