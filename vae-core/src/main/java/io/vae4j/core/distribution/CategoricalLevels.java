package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import java.util.List;
import java.util.Optional;

/**
 * Pixels of one byte, each level of which has a probability of its own: {@code log p(x) = l_b - logsumexp l} at the
 * byte b = 255 x. It knows nothing of the order of the levels. Van den Oord et al. 2016, section 3,
 * https://arxiv.org/abs/1601.06759
 *
 * <p>Unlike {@link Categorical}, values are the levels 0, 1/255, ..., 1 themselves and not one-hot, so that they have
 * the shape of an image and one number is gathered for each pixel.
 *
 * @param logits any numbers, normalized over the axis in front of the event, [K or 1, B or 1, 256, ...event]
 * @param eventRank how many trailing axes make one event
 */
public record CategoricalLevels(NDArray logits, int eventRank) implements Factorized {

    /** How many levels a byte has. */
    public static final int LEVELS = 256;

    /** All with the levels on the last axis but one. */
    private static final TorchFunction LOG_PROB = TorchFunction.ofBody("logits, bytes", """
            index = torch.unsqueeze(bytes, -2)
            chosen = torch.take_along_dim(logits, index, -2)
            return torch.squeeze(torch.sub(chosen, torch.logsumexp(logits, [-2], True)), -2)""");

    /** The inverse of the cumulative distribution function: how many levels lie below u. */
    private static final TorchFunction QUANTILE = TorchFunction.ofBody("logits, uniform", """
            below = torch.cumsum(torch.softmax(logits, -2), -2)
            total = torch.slice(below, -2, 255, 256)
            passed = torch.le(below, torch.mul(torch.unsqueeze(uniform, -2), total))
            return torch.clamp_max(torch.sum(torch.type_as(passed, logits), [-2]), 255.)""");

    public CategoricalLevels {
        Shapes.requireParameter("logits", logits, eventRank + 1);
        long levels = logits.getShape().get(logits.getShape().dimension() - eventRank - 1);
        if (levels != LEVELS) {
            throw new IllegalArgumentException("logits have shape " + logits.getShape() + " and the event rank is "
                    + eventRank + "; expected [K or 1, B or 1, 256, ...event]");
        }
    }

    @Override
    public Support support() {
        return Support.BYTE_LEVELS;
    }

    @Override
    public NDArray logProbEach(NDArray value) {
        NDArray bytes = Ops.scale(value, LEVELS - 1).round().toType(DataType.INT64, false);
        Shape lead = value.getShape().slice(0, value.getShape().dimension() - eventRank);
        NDArray aligned = bytes.reshape(lead.dimension() == 1 ? new Shape(1).addAll(flat(lead)) : flat(lead));
        NDArray each = LOG_PROB.apply(rows(), aligned);
        return each.reshape(each.getShape().slice(0, 2).addAll(event()));
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        NDArray rows = rows().stopGradient();
        NDArray one = rows.get(":, :, 0");
        NDArray level = QUANTILE.apply(rows, Uniforms.open(noise, one, samples));
        return Ops.scale(level, 1.0 / (LEVELS - 1))
                .reshape(level.getShape().slice(0, 2).addAll(event()));
    }

    /** The expected level. */
    @Override
    public NDArray mean() {
        return over(rows().softmax(2).mul(levels()));
    }

    @Override
    public Optional<NDArray> klEach(Distribution other) {
        if (other instanceof CategoricalLevels p) {
            NDArray log = rows().logSoftmax(2);
            return Optional.of(over(log.exp().mul(log.sub(p.rows().logSoftmax(2)))));
        }
        return Optional.empty();
    }

    @Override
    public Optional<NDArray> entropyEach() {
        NDArray log = rows().logSoftmax(2);
        return Optional.of(over(log.exp().mul(log.neg())));
    }

    @Override
    public Shape shape() {
        return logits.getShape().slice(0, 2).addAll(event());
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(Constraint.finite("logits", logits));
    }

    /** 0, 1/255, ..., 1 along the axis of the levels, [256, 1]. */
    private NDArray levels() {
        NDArray numbers = logits.getManager().arange(0, LEVELS, 1, logits.getDataType(), logits.getDevice());
        return Ops.scale(numbers, 1.0 / (LEVELS - 1)).reshape(LEVELS, 1);
    }

    /** Sums [K, B, 256, N] over the levels: [K, B, ...event]. */
    private NDArray over(NDArray rows) {
        return rows.sum(new int[] {2}).reshape(shape());
    }

    /** The logits with the event as one axis, [K, B, 256, N]. */
    private NDArray rows() {
        return logits.reshape(logits.getShape().slice(0, 2).addAll(new Shape(LEVELS, event().size())));
    }

    private Shape flat(Shape lead) {
        return lead.addAll(new Shape(event().size()));
    }

    private Shape event() {
        return logits.getShape().slice(logits.getShape().dimension() - eventRank);
    }
}
