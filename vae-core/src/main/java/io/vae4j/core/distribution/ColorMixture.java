package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Color pixels of three bytes under a mixture for each pixel, in which green follows red and blue follows both:
 * {@code p(r,g,b) = sum_m w_m p_m(r) p_m(g|r) p_m(b|r,g)}, each factor a {@link DiscretizedLogistic} whose loc is
 * {@code mu_g + alpha r} for green and {@code mu_b + beta r + gamma g} for blue. Salimans et al. 2017, eq. 1 to 3,
 * https://arxiv.org/abs/1701.05517
 *
 * <p>Red and green enter as their distance from a half, which moves mu alone and keeps it near the data.
 *
 * @param logits log w up to a constant, [K or 1, B or 1, components, N] for N pixels
 * @param loc mu in units of the data, [K or 1, B or 1, components, 3, N]
 * @param logScale the logs of the scales, of the same shape
 * @param coefficients alpha, beta and gamma, of the same shape
 * @param event of 3 N elements, red ones first, such as [3, H, W]
 */
public record ColorMixture(NDArray logits, NDArray loc, NDArray logScale, NDArray coefficients, Shape event)
        implements Distribution {

    private static final int COMPONENTS = 2;
    private static final int CHANNELS = 3;

    /** Of parameters, trailing axes behind K and B: components, channels and pixels. */
    private static final int RANK = 3;

    /** The locs given the colors of pixels, [..., 3, N]. */
    private static final TorchFunction GIVEN_COLORS = TorchFunction.ofBody("x, loc, coefficients", """
            r = torch.sub(torch.slice(x, -2, 0, 1), 0.5)
            g = torch.sub(torch.slice(x, -2, 1, 2), 0.5)
            alpha = torch.slice(coefficients, -2, 0, 1)
            beta = torch.slice(coefficients, -2, 1, 2)
            gamma = torch.slice(coefficients, -2, 2, 3)
            green = torch.mul(alpha, r)
            blue = torch.add(torch.mul(beta, r), torch.mul(gamma, g))
            return torch.add(loc, torch.cat([torch.zeros_like(green), green, blue], -2))""");

    /** A Fibonacci lattice: its points fill the unit square evenly. */
    private static final int POINTS = 89;

    private static final int TURN = 55;

    /** Closed forms given what lies before in the chain, which is averaged over its quantiles. */
    private static final TorchFunction MEAN = TorchFunction.ofBody("loc, scale, coefficients", """
            precision = torch.reciprocal(scale)
            l = torch.split(loc, 1, -2)
            s = torch.split(scale, 1, -2)
            p = torch.split(precision, 1, -2)
            half = torch.split(%s, 1, -2)
            c = torch.split(coefficients, 1, -2)
            d = %s
            red = %s
            green = torch.zeros_like(red)
            blue = torch.zeros_like(red)
            us = [%s]
            vs = [%s]
            for i in range(%s):
              r = torch.sub(torch.clamp(torch.add(l[0], torch.mul(s[0], us[i])), 0., 1.), 0.5)
              mg = torch.add(l[1], torch.mul(c[0], r))
              d = %s
              green = torch.add(green, %s)
              g = torch.sub(torch.clamp(torch.add(mg, torch.mul(s[1], vs[i])), 0., 1.), 0.5)
              mb = torch.add(l[2], torch.add(torch.mul(c[1], r), torch.mul(c[2], g)))
              d = %s
              blue = torch.add(blue, %s)
            return torch.cat([red, torch.div(green, %11$s.), torch.div(blue, %11$s.)], -2)""".formatted(
                    DiscretizedLogistic.HALF.formatted("precision"),
                    DiscretizedLogistic.FROM_A_HALF.formatted("l[0]", "p[0]"),
                    DiscretizedLogistic.clippedMean("d", "half[0]"),
                    quantiles(1),
                    quantiles(TURN),
                    POINTS,
                    DiscretizedLogistic.FROM_A_HALF.formatted("mg", "p[1]"),
                    DiscretizedLogistic.clippedMean("d", "half[1]"),
                    DiscretizedLogistic.FROM_A_HALF.formatted("mb", "p[2]"),
                    DiscretizedLogistic.clippedMean("d", "half[2]"),
                    POINTS));

    public ColorMixture {
        LocationScale.requireFit(loc, logScale, RANK);
        Shapes.requireEqual("loc", loc, "coefficients", coefficients);
        Shape shape = loc.getShape();
        Shape mixing = shape.slice(0, 3).add(shape.get(4));
        if (!logits.getShape().equals(mixing) || shape.get(3) != CHANNELS || event.size() != CHANNELS * shape.get(4)) {
            throw new IllegalArgumentException("logits have shape " + logits.getShape() + ", loc " + shape
                    + " and the events " + event + "; expected [K, B, components, N], [K, B, components, 3, N] and 3 N"
                    + " elements such as [3, H, W]");
        }
    }

    @Override
    public int eventRank() {
        return event.dimension();
    }

    @Override
    public Support support() {
        return Support.BYTE_LEVELS;
    }

    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        Shape lead = value.getShape().slice(0, value.getShape().dimension() - eventRank());
        NDArray x = value.reshape(lead.addAll(new Shape(1, CHANNELS, pixels())));
        NDArray given = GIVEN_COLORS.apply(x, loc, coefficients);
        NDArray scales = logScale.broadcast(given.getShape());
        NDArray factors = new DiscretizedLogistic(given, scales, RANK).logProbEach(x);
        NDArray joint = Ops.sumEvents(factors.transpose(0, 1, 2, 4, 3), 1).add(logits.logSoftmax(COMPONENTS));
        return Ops.sumEvents(Ops.logSumExp(joint, COMPONENTS), 1);
    }

    /** A component for each pixel, then its red, its green given that, and its blue given both. */
    @Override
    public NDArray sample(Noise noise, long samples) {
        NDArray choice = logits.add(Uniforms.gumbel(noise, logits, samples)).argMax(COMPONENTS);
        int components = Math.toIntExact(logits.getShape().get(COMPONENTS));
        NDArray chosen = Categorical.oneHot(choice, components, logits).transpose(0, 1, 3, 2);
        NDArray center = chosen(chosen, loc);
        NDArray scale = chosen(chosen, logScale);
        NDArray slopes = chosen(chosen, coefficients);
        NDArray x = center.zerosLike();
        for (int channel = 0; channel < CHANNELS; channel++) {
            NDArray given = GIVEN_COLORS.apply(x, center, slopes);
            DiscretizedLogistic next = new DiscretizedLogistic(row(given, channel), row(scale, channel), 2);
            x = replaced(x, channel, next.sample(noise, 1));
        }
        return x.stopGradient().reshape(x.getShape().slice(0, 2).addAll(event));
    }

    /**
     * The mean color. That of red is a closed form, as it would be without rounding; for green and blue it is averaged
     * over a lattice of quantiles of what they follow. All are right to about half a level of 255.
     */
    @Override
    public NDArray mean() {
        NDArray each = MEAN.apply(loc, logScale.exp(), coefficients);
        return chosen(logits.softmax(COMPONENTS), each).reshape(shape());
    }

    /** Empty: no closed form is known. */
    @Override
    public Optional<NDArray> kl(Distribution other) {
        return Optional.empty();
    }

    @Override
    public Shape shape() {
        return loc.getShape().slice(0, 2).addAll(event);
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(
                Constraint.finite("logits", logits),
                Constraint.finite("loc", loc),
                Constraint.logScale(logScale),
                Constraint.finite("coefficients", coefficients));
    }

    private long pixels() {
        return event.size() / CHANNELS;
    }

    /** Parameters [K, B, components, 3, N] weighted by [K, B, components, N] and summed: [K, B, 3, N]. */
    private static NDArray chosen(NDArray weights, NDArray parameters) {
        return weights.expandDims(3).mul(parameters).sum(new int[] {COMPONENTS});
    }

    private static NDArray row(NDArray x, int channel) {
        return x.get(":, :, " + channel + ":" + (channel + 1));
    }

    private static NDArray replaced(NDArray x, int channel, NDArray row) {
        NDList rows = IntStream.range(0, CHANNELS)
                .mapToObj(i -> i == channel ? row : row(x, i))
                .collect(Collectors.toCollection(NDList::new));
        return NDArrays.concat(rows, 2);
    }

    /** Standard logistic quantiles at one coordinate of the lattice. */
    private static String quantiles(int turn) {
        return IntStream.range(0, POINTS)
                .mapToDouble(i -> (i * turn % POINTS + 0.5) / POINTS)
                .mapToObj(u -> String.valueOf(Math.log(u / (1 - u))))
                .collect(Collectors.joining(", "));
    }
}
