package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import java.util.ArrayList;
import java.util.List;

/**
 * The gated inverse autoregressive step {@code z' = s * z + (1 - s) * m} for {@code s = sigmoid(gate)}, where (m, gate)
 * of each element are MADE's answer to the elements before it: the Jacobian is triangular and {@code log|det| = sum log
 * s}. Kingma et al. 2016, eq. 10 to 15 and algorithm 1, https://arxiv.org/abs/1606.04934
 *
 * <p>Its inverse takes D calls of the network, each of which fixes one more element. Away from the step's own samples
 * it divides by s again and again, each element by a gate that reads what the ones before have grown to: log s is kept
 * above -10, softly, and an inverse that overflows all the same is infinite and passes no gradient.
 */
public final class InverseAutoregressive extends FlowBlock implements InvertibleFlow {

    /** Added to every gate, so that a new step changes little, as in the LSTM's forget gate. */
    private static final double FORGET_BIAS = 2;

    /** log s is above this. */
    private static final double LEAST_LOG_SCALE = -LocationScale.LOG_SCALE_BOUND;

    /** log(e^x + e^-10), also where x is so low that a difference of it and anything is rounded away. */
    private static final TorchFunction RAISED =
            TorchFunction.of("x", "torch.logaddexp(x, torch.full_like(x, " + LEAST_LOG_SCALE + "))");

    private final int dimensions;
    private final Made made;

    /**
     * @param dimensions D, the length of z
     * @param widths of MADE's hidden layers, each at least D
     */
    public InverseAutoregressive(
            int dimensions, List<Integer> widths, Activation activation, Initialization initialization, Order order) {
        this.dimensions = dimensions;
        made = child("made", new Made(dimensions, widths, activation, initialization, order));
    }

    /** Steps whose orders alternate, so that after two of them every element depends on every other. */
    public static List<Flow> chain(
            int steps, int dimensions, List<Integer> widths, Activation activation, Initialization initialization) {
        List<Flow> chain = new ArrayList<>();
        Order order = Order.FORWARDS;
        for (int step = 0; step < steps; step++) {
            chain.add(new InverseAutoregressive(dimensions, widths, activation, initialization, order));
            order = order.reversed();
        }
        return List.copyOf(chain);
    }

    @Override
    public Transformed transform(Pass pass, NDArray z, NDArray context) {
        appliedTo(pass, Condition.none(), z, context);
        Made.Terms terms = made.given(pass, context).apply(z);
        NDArray logScale = logScale(terms);
        NDArray value = terms.shift().add(logScale.exp().mul(z.sub(terms.shift())));
        return new Transformed(value, Ops.sumEvents(logScale, 1));
    }

    /**
     * Inverts the step in D rounds: in each, the next element in the order is set, with its scale, and those after it
     * stay zero.
     */
    @Override
    public Transformed invert(Pass pass, NDArray value, NDArray context) {
        Made.Given network = made.given(pass, context);
        NDArray alive = OverflowGuard.alive(value);
        NDArray target = OverflowGuard.orZero(value, alive);
        NDArray places = pass.batch().eye(dimensions).toType(DataType.BOOLEAN, false);
        NDArray z = value.zerosLike();
        NDArray logDet = z;
        for (int rank = 1; rank <= dimensions; rank++) {
            int element = made.elementOf(rank);
            Made.Terms terms = network.element(z, element);
            NDArray logScale = logScale(terms);
            NDArray distance =
                    target.get("..., " + element + ":" + (element + 1)).sub(terms.shift());
            NDArray undone = terms.shift().add(logScale.neg().exp().mul(distance));
            alive = OverflowGuard.alive(undone).logicalAnd(alive);
            z = OverflowGuard.placed(undone, z, places.get(element));
            logDet = rank == 1 ? logScale : logDet.add(logScale);
        }
        return new Transformed(OverflowGuard.orInfinite(z, alive), logDet.squeeze(-1));
    }

    /** log of {@code (sigmoid(gate) + e^-10) / (1 + e^-10)}, [K, B, D]. */
    private static NDArray logScale(Made.Terms terms) {
        NDArray logSigmoid =
                Ops.softplus(Ops.shift(terms.gate(), FORGET_BIAS).neg()).neg();
        return Ops.shift(RAISED.apply(logSigmoid), -Math.log1p(Math.exp(LEAST_LOG_SCALE)));
    }
}
