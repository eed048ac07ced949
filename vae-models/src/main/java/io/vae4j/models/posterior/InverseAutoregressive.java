package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialisation;
import java.util.ArrayList;
import java.util.List;

/**
 * The gated inverse autoregressive step {@code z' = s * z + (1 - s) * m} for {@code s = sigmoid(gate)}, where (m, gate)
 * of each element are MADE's answer to the elements before it: the Jacobian is triangular and {@code log|det| = sum log
 * s}. Kingma et al. 2016, eq. 10 to 15 and algorithm 1, https://arxiv.org/abs/1606.04934
 *
 * <p>Its inverse takes D calls of the network, each of which fixes one more element.
 */
public final class InverseAutoregressive extends FlowBlock implements InvertibleFlow {

    /** Added to every gate, so that a new step changes little, as in the LSTM's forget gate. */
    private static final double FORGET_BIAS = 2;

    private final int dimensions;
    private final Made made;

    /**
     * @param dimensions D, the length of z
     * @param widths of MADE's hidden layers, each at least D
     */
    public InverseAutoregressive(
            int dimensions, List<Integer> widths, Activation activation, Initialisation initialisation, Order order) {
        this.dimensions = dimensions;
        made = child("made", new Made(dimensions, widths, activation, initialisation, order));
    }

    /** Steps whose orders alternate, so that after two of them every element depends on every other. */
    public static List<Flow> chain(
            int steps, int dimensions, List<Integer> widths, Activation activation, Initialisation initialisation) {
        List<Flow> chain = new ArrayList<>();
        Order order = Order.FORWARDS;
        for (int step = 0; step < steps; step++) {
            chain.add(new InverseAutoregressive(dimensions, widths, activation, initialisation, order));
            order = order.reversed();
        }
        return List.copyOf(chain);
    }

    @Override
    public Transformed transform(Pass pass, NDArray z, NDArray context) {
        Made.Terms terms = made.apply(pass, z, context);
        NDArray logScale = logScale(terms);
        NDArray value = terms.shift().add(logScale.exp().mul(z.sub(terms.shift())));
        return new Transformed(value, Ops.sumEvents(logScale, 1));
    }

    /** By D rounds: in each, the element after those that are right already becomes right, with its scale. */
    @Override
    public Transformed invert(Pass pass, NDArray value, NDArray context) {
        Transformed z = undo(pass, value, value, context);
        for (int round = 1; round < dimensions; round++) {
            z = undo(pass, value, z.value(), context);
        }
        return z;
    }

    private Transformed undo(Pass pass, NDArray value, NDArray guess, NDArray context) {
        Made.Terms terms = made.apply(pass, guess, context);
        NDArray logScale = logScale(terms);
        NDArray z = terms.shift().add(logScale.neg().exp().mul(value.sub(terms.shift())));
        return new Transformed(z, Ops.sumEvents(logScale, 1));
    }

    /** log sigmoid of the gate, [K, B, D]. */
    private static NDArray logScale(Made.Terms terms) {
        return Ops.softplus(Ops.shift(terms.gate(), FORGET_BIAS).neg()).neg();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        made.initialize(manager, type, inputs);
    }
}
