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
 * Pixels of one byte: a logistic variable rounded to the nearest of the 256 levels 0, 1/255, ..., 1, where the outer
 * levels take the tails. Kingma et al. 2016, https://arxiv.org/abs/1606.04934; Salimans et al. 2017, section 2.1,
 * https://arxiv.org/abs/1701.05517
 *
 * <p>A level between a and b (in scales from loc) has the mass {@code sigmoid(b) - sigmoid(a) = sigmoid(b) sigmoid(-a)
 * (1 - exp(a - b))}. Its logarithm is a sum of three terms none of which can cancel or overflow, and an outer level
 * simply lacks the factors of its open side.
 *
 * @param loc the center of the logistic variable, in units of the data, [K or 1, B or 1, ...event]
 * @param logScale the log of its scale, of the same shape
 * @param eventRank how many trailing axes make one event
 */
public record DiscretizedLogistic(NDArray loc, NDArray logScale, int eventRank) implements Factorized {

    private static final double STEPS = 255;
    private static final double HALF_LEVEL = 0.5 / STEPS;

    /** {@code log(1 - exp(-x))} for x > 0. */
    private static final TorchFunction LOG_WIDTH =
            TorchFunction.of("x", "torch.log(torch.neg(torch.expm1(torch.neg(x))))");

    /**
     * TorchScript of the mean of a logistic variable that is clipped to [0, 1], {@code E min(1, max(0, loc + s L)) = s
     * softplus(loc/s) - s softplus((loc-1)/s)}.
     *
     * @param distance of loc from a half, in scales: {@link #FROM_A_HALF}
     * @param half a half in scales, {@link #HALF}; where it is nearly nothing, so that the difference would cancel, a
     *     wider one says the same
     */
    static String clippedMean(String distance, String half) {
        return "torch.div(torch.sub(torch.softplus(torch.add(%1$s, %2$s), 1, 40), torch.softplus(torch.sub(%1$s, %2$s), 1,"
                        .formatted(distance, half)
                + " 40)), torch.mul(%s, 2))".formatted(half);
    }

    /** Of loc and precision. */
    static final String FROM_A_HALF = "torch.mul(torch.sub(%s, 0.5), torch.clamp_max(%s, 1e8))";

    /** Of precision. */
    static final String HALF = "torch.mul(torch.clamp(%s, 0.01, 1e8), 0.5)";

    /**
     * {@code E k = sum_j P(k > j)} as {@code mean} of {@code loc} and {@code precision}, in TorchScript that is Python
     * as well; one level at a time, because all at once would take 255 times the memory.
     */
    public static final String MEAN_CODE = """
            total = torch.zeros_like(loc)
            for k in range(255):
                total = total + torch.sigmoid((loc - (k + 0.5) / 255.) * precision)
            mean = total / 255.
            """;

    private static final TorchFunction MEAN = TorchFunction.ofBody("loc, precision", MEAN_CODE + "return mean");

    public DiscretizedLogistic {
        LocationScale.requireFit(loc, logScale, eventRank);
    }

    @Override
    public Support support() {
        return Support.BYTE_LEVELS;
    }

    @Override
    public NDArray logProbEach(NDArray value) {
        NDArray precision = logScale.neg().exp();
        NDArray distance = loc.sub(value);
        NDArray above = Ops.softplus(Ops.shift(distance, -HALF_LEVEL).mul(precision));
        NDArray below =
                Ops.softplus(Ops.shift(distance, HALF_LEVEL).mul(precision).neg());
        DataType type = loc.getDataType();
        NDArray hasUpperEdge = value.lt(1 - HALF_LEVEL).toType(type, false);
        NDArray hasLowerEdge = value.gt(HALF_LEVEL).toType(type, false);
        NDArray width = LOG_WIDTH.apply(Ops.scale(precision, 1 / STEPS)).mul(hasUpperEdge.mul(hasLowerEdge));
        return width.sub(above.mul(hasUpperEdge)).sub(below.mul(hasLowerEdge));
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        NDArray gray = loc.add(logScale.exp().mul(Uniforms.logistic(noise, loc, samples)));
        NDArray level = Ops.scale(gray.stopGradient(), STEPS).round().clip(0, STEPS);
        return Ops.scale(level, 1 / STEPS);
    }

    /** The mean level, not loc: near the ends of the interval they differ. */
    @Override
    public NDArray mean() {
        return MEAN.apply(loc, logScale.neg().exp());
    }

    @Override
    public Optional<NDArray> klEach(Distribution other) {
        return Optional.empty();
    }

    @Override
    public Shape shape() {
        return loc.getShape();
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(Constraint.finite("loc", loc), Constraint.logScale(logScale));
    }
}
