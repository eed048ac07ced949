package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.torch.TorchFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mixture of C components of one family, {@code log p(x) = logsumexp_c(log w_c + log p_c(x))}.
 *
 * <p>The components are one distribution whose parameters have an axis of length C in front of the event axes, so that
 * five hundred components cost a few operations. A mixture over each pixel of an image is
 * {@code Independent.of(mixture, 3)}.
 *
 * @param logits log w up to a constant, [K or 1, B or 1, C]
 * @param components C distributions, with parameters [K or 1, B or 1, C, ...event]; K and B at least those of the
 *     logits
 */
public record Mixture(NDArray logits, Distribution components) implements Distribution {

    /**
     * log sum exp over the last axis, minus infinity with a gradient of zero where every component is minus infinity:
     * torch's own gradient is 0 / 0 there, which would spoil every parameter below.
     */
    private static final TorchFunction SUM = TorchFunction.ofBody("x", """
            none = torch.eq(torch.amax(torch.detach(x), [-1], True), float("-inf"))
            sums = torch.logsumexp(torch.masked_fill(x, none, 0.), [-1])
            return torch.masked_fill(sums, torch.squeeze(none, -1), float("-inf"))""");

    public Mixture {
        Shapes.requireParameter("logits", logits, 1);
        Shape axes = components.shape();
        Shape expected = axes.slice(0, axes.dimension() - components.eventRank());
        if (!stretchesTo(logits.getShape(), expected)) {
            throw new IllegalArgumentException("logits have shape " + logits.getShape()
                    + " and the components' parameters " + axes + " with " + components.eventRank()
                    + " event axes; expected parameters [K or 1, B or 1, components, ...event] whose K and B are at "
                    + "least those of the logits: broadcast the components' parameters");
        }
    }

    @Override
    public int eventRank() {
        return components.eventRank();
    }

    @Override
    public Support support() {
        return components.support();
    }

    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        NDArray each = value.expandDims(value.getShape().dimension() - eventRank());
        return SUM.apply(logits.logSoftmax(-1).add(components.logProb(each)));
    }

    /** Samples from every component and keeps one of each. */
    @Override
    public NDArray sample(Noise noise, long samples) {
        Shape axes = components.shape();
        NDArray stretched = logits.broadcast(axes.slice(0, axes.dimension() - eventRank()));
        NDArray choice = new Categorical(stretched, 1).sample(noise, samples);
        return weighted(choice, components.sample(noise, samples));
    }

    @Override
    public NDArray mean() {
        return weighted(logits.softmax(-1), components.mean());
    }

    /** Empty: no closed form is known. */
    @Override
    public Optional<NDArray> kl(Distribution other) {
        return Optional.empty();
    }

    @Override
    public Shape shape() {
        Shape axes = components.shape();
        int component = axes.dimension() - eventRank() - 1;
        return axes.slice(0, component).addAll(axes.slice(component + 1));
    }

    @Override
    public List<Constraint> constraints() {
        return Stream.concat(
                        Stream.of(Constraint.finite("logits", logits)),
                        components.constraints().stream().map(c -> c.within("components")))
                .toList();
    }

    /** The sum over components of weights [K, B, C] times values [K, B, C, ...event]. */
    private NDArray weighted(NDArray weights, NDArray values) {
        long[] ones = new long[eventRank()];
        Arrays.fill(ones, 1);
        NDArray aligned = weights.reshape(weights.getShape().addAll(new Shape(ones)));
        return aligned.mul(values).sum(new int[] {weights.getShape().dimension() - 1});
    }

    private static boolean stretchesTo(Shape shape, Shape target) {
        int last = target.dimension() - 1;
        if (shape.dimension() != target.dimension() || shape.get(last) != target.get(last)) {
            return false;
        }
        for (int axis = 0; axis < last; axis++) {
            if (shape.get(axis) != 1 && shape.get(axis) != target.get(axis)) {
                return false;
            }
        }
        return true;
    }
}
