package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.List;

/**
 * The planar flow, {@code f(z) = z + u tanh(w.z + b)}, with u, w and b from the features. Rezende and Mohamed 2015, eq.
 * 10 to 12, https://arxiv.org/abs/1505.05770
 *
 * <p>It is invertible while {@code w.u > -1}, which holds for {@code u^ = u + (m(w.u) - w.u) w / |w|^2} (appendix A.1)
 * with any m above -1. The paper's {@code m(x) = log(1 + e^x) - 1} makes u^ infinite as w vanishes; here {@code m(x) =
 * log(1 + (e - 1) e^x) - 1}, which is 0 at 0. Far below zero it would round to -1, where the map folds all that lies
 * along w onto one point: 1 + m is kept at a millionth or more. The inverse has no closed form.
 */
public final class Planar extends FlowBlock {

    /** The least 1 + m: a single step compresses by no more than this. */
    private static final double LEAST_SLOPE = 1e-6;
    /** So that m(0) = 0. */
    private static final double OFFSET = Math.log(Math.exp(1 - LEAST_SLOPE) - 1);
    /** Below any |w|^2 that matters, and with a square that float32 still holds. */
    private static final double FLOOR = 1e-12;

    private final Dense amplitude;
    private final Dense direction;
    private final Dense bias;

    /** @param dimensions D, the length of z */
    public Planar(long dimensions, Initialization initialization) {
        amplitude = child("u", new Dense(dimensions, initialization));
        direction = child("w", new Dense(dimensions, initialization));
        bias = child("b", new Dense(1, initialization));
    }

    @Override
    public Transformed transform(Pass pass, NDArray z, NDArray context) {
        appliedTo(pass, Condition.none(), z, context);
        NDArray w = direction.apply(pass, context);
        NDArray u = amplitude.apply(pass, context);
        NDArray wu = dot(w, u);
        NDArray onePlusM = Ops.shift(Ops.softplus(Ops.shift(wu, OFFSET)), LEAST_SLOPE);
        NDArray along = Ops.shift(onePlusM.sub(wu), -1).div(Ops.shift(dot(w, w), FLOOR));
        NDArray tanh = dot(z, w).add(bias.apply(pass, context)).tanh();
        NDArray value = z.add(tanh.mul(u.add(along.mul(w))));
        return new Transformed(value, logDet(tanh.square(), onePlusM).squeeze(-1));
    }

    /** {@code log(1 + (1 - t^2) m)} as {@code log(t^2 + (1 - t^2)(1 + m))}: a sum of positive terms. */
    private static NDArray logDet(NDArray squaredTanh, NDArray onePlusM) {
        NDArray slope = Ops.shift(squaredTanh.neg(), 1);
        return squaredTanh.add(slope.mul(onePlusM)).log();
    }

    private static NDArray dot(NDArray a, NDArray b) {
        return a.mul(b).sum(new int[] {-1}, true);
    }

    /** In the order in which they were registered; they are read in another one. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        for (Dense layer : List.of(amplitude, direction, bias)) {
            layer.apply(pass, inputs.get(1));
        }
    }
}
