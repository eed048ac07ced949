package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Support;
import java.util.Optional;

/**
 * Distributions that lie along the batch axis, seen as the components of a {@link io.vae4j.core.distribution.Mixture}:
 * an encoder's posteriors of C inputs are one as they stand, flows included.
 *
 * @param flat with parameters of shape [1, B * C, ...event], those of the first example first
 * @param batch B, or 1 for components that all examples share
 * @param count C
 */
public record BatchComponents(Distribution flat, long batch, long count) implements Distribution {

    @Override
    public int eventRank() {
        return flat.eventRank();
    }

    @Override
    public Support support() {
        return flat.support();
    }

    /**
     * @param value [K, B, C or 1, ...event] or [B, C or 1, ...event]
     * @return [K, B, C], nats
     */
    @Override
    public NDArray logProb(NDArray value) {
        NDArray samples = value.getShape().dimension() == eventRank() + 2 ? value.expandDims(0) : value;
        long k = samples.getShape().get(0);
        long examples = Math.max(samples.getShape().get(1), batch);
        Shape event = samples.getShape().slice(3);
        // examples that share the components are further samples from them
        NDArray facing = samples.broadcast(new Shape(k, examples, count).addAll(event))
                .reshape(new Shape(k * examples / batch, batch * count).addAll(event));
        return flat.logProb(facing).reshape(k, examples, count);
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return unfolded(flat.sample(noise, samples));
    }

    @Override
    public NDArray mean() {
        return unfolded(flat.mean());
    }

    /** Empty: no closed form is known. */
    @Override
    public Optional<NDArray> kl(Distribution other) {
        return Optional.empty();
    }

    @Override
    public Shape shape() {
        return unfolded(flat.shape());
    }

    private NDArray unfolded(NDArray values) {
        return values.reshape(unfolded(values.getShape()));
    }

    /** [K, B * C, ...event] as [K, B, C, ...event]. */
    private Shape unfolded(Shape shape) {
        return new Shape(shape.get(0), batch, count).addAll(shape.slice(2));
    }
}
