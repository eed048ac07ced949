package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Support;
import java.util.Arrays;
import java.util.Optional;

/**
 * The mixture {@code p(z) = sum_c softmax(logits)_c q_c(z)} of C distributions of any one kind. The components lie
 * along the batch axis of one distribution, those of the first example first, so that an encoder's posteriors of C
 * inputs are a mixture as they stand, flows included.
 *
 * @param logits the unnormalised log weights, [1, B or 1, C]
 * @param components C distributions for each example, with parameters of shape [1, B * C or C, ...event]
 */
record BatchMixture(NDArray logits, Distribution components) implements Distribution {

    BatchMixture {
        if (logits.getShape().dimension() != 3 || logits.getShape().get(0) != 1) {
            throw new IllegalArgumentException(
                    "the logits of a mixture have shape " + logits.getShape() + "; expected [1, B or 1, C]");
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

    /** {@code logsumexp_c (log softmax(logits)_c + log q_c(z))}. */
    @Override
    public NDArray logProb(NDArray value) {
        Shape shape = value.getShape();
        NDArray draws = shape.dimension() == eventRank() + 1 ? value.expandDims(0) : value;
        long k = draws.getShape().get(0);
        long batch = Math.max(draws.getShape().get(1), batch());
        NDArray each = components.logProb(facingEachComponent(draws)).reshape(k, batch, count());
        return Ops.logSumExp(each.add(logits.logSoftmax(2)), 2);
    }

    /** Every draw of every component is made and one of them kept, which components of any kind allow. */
    @Override
    public NDArray sample(Noise noise, long draws) {
        NDArray all = components.sample(noise, draws);
        Shape event = event(all);
        NDArray each = all.reshape(new Shape(draws, batch(), count()).addAll(event));
        NDArray uniform = noise.uniform(new Shape(draws, batch(), 1), all);
        NDArray below = logits.softmax(2).cumSum(2).lte(uniform).toType(DataType.INT64, false);
        // rounding can leave the last cumulated weight just below 1
        NDArray chosen = below.sum(new int[] {2}).clip(0, count() - 1);
        Shape one = new Shape(draws, batch(), 1);
        NDArray index = chosen.reshape(one.addAll(ones(event)))
                .broadcast(one.addAll(event))
                .duplicate();
        return each.gather(index, 2).squeeze(2);
    }

    @Override
    public Shape shape() {
        return new Shape(1, batch()).addAll(components.shape().slice(2));
    }

    @Override
    public NDArray mean() {
        NDArray means = components.mean();
        Shape event = event(means);
        NDArray weights = logits.softmax(2).reshape(new Shape(1, batch(), count()).addAll(ones(event)));
        return means.reshape(new Shape(1, batch(), count()).addAll(event))
                .mul(weights)
                .sum(new int[] {2});
    }

    /** None is known. */
    @Override
    public Optional<NDArray> kl(Distribution other) {
        return Optional.empty();
    }

    /** Every value beside each component: [K * B, C, ...event] for shared ones, [K, B * C, ...event] otherwise. */
    private NDArray facingEachComponent(NDArray draws) {
        Shape event = event(draws);
        long rows = draws.getShape().get(0) * (batch() == 1 ? draws.getShape().get(1) : 1);
        NDArray values = batch() == 1 ? draws.reshape(new Shape(rows, 1, 1).addAll(event)) : draws.expandDims(2);
        return values.broadcast(new Shape(rows, batch(), count()).addAll(event))
                .reshape(new Shape(rows, batch() * count()).addAll(event));
    }

    private long batch() {
        return logits.getShape().get(1);
    }

    private long count() {
        return logits.getShape().get(2);
    }

    private static Shape event(NDArray draws) {
        return draws.getShape().slice(2);
    }

    private static Shape ones(Shape event) {
        long[] ones = new long[event.dimension()];
        Arrays.fill(ones, 1);
        return new Shape(ones);
    }
}
