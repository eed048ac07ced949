package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.ArrayList;
import java.util.List;

/**
 * The masked autoencoder: two outputs for each element of z, which depend on the elements before it and on the context.
 * A unit of degree m reads units of at most that degree, an output of rank d those of degree below d. Germain et al.
 * 2015, eq. 12 and 13, https://arxiv.org/abs/1502.03509. Degrees start at 0 here, so that the context reaches the
 * element of rank 1, too.
 */
public final class Made extends TypedBlock {

    private final int dimensions;
    private final Activation activation;
    private final Order order;
    private final List<Dense> hidden = new ArrayList<>();
    private final List<Integer> widths;
    private final Dense fromContext;
    private final Dense shift;
    private final Dense gate;

    public Made(
            int dimensions, List<Integer> widths, Activation activation, Initialization initialization, Order order) {
        this.dimensions = dimensions;
        this.activation = activation;
        this.order = order;
        this.widths = checked(widths, dimensions);
        for (int width : widths) {
            hidden.add(child("fc" + (hidden.size() + 1), new Dense(width, initialization)));
        }
        fromContext = child("context", new Dense(widths.get(0), initialization));
        shift = child("shift", new Dense(dimensions, initialization));
        gate = child("gate", new Dense(dimensions, initialization));
    }

    /**
     * The network for one context, to be applied to any z: masked weights and the context's share are made once.
     *
     * @param context [K or 1, B, F]
     */
    public Given given(Pass pass, NDArray context) {
        NDArray ranks = ranks(pass.batch());
        NDArray read = ranks;
        List<Dense.Masked> layers = new ArrayList<>();
        for (int layer = 0; layer < hidden.size(); layer++) {
            NDArray degrees = degrees(pass.batch(), widths.get(layer));
            layers.add(hidden.get(layer).masked(pass, column(degrees).gte(read)));
            read = degrees;
        }
        NDArray last = column(ranks).gt(read);
        return new Given(
                layers,
                fromContext.apply(pass, context),
                activation,
                shift.masked(pass, last),
                gate.masked(pass, last));
    }

    /**
     * The network for one context.
     *
     * @param fromContext what the first layer hears of it
     */
    public record Given(
            List<Dense.Masked> layers,
            NDArray fromContext,
            Activation activation,
            Dense.Masked shift,
            Dense.Masked gate) {

        /** What the network says about each element of z, [K, B, D]. */
        public Terms apply(NDArray z) {
            try (NDArray units = units(z)) {
                return new Terms(shift.apply(units), gate.apply(units));
            }
        }

        /** What it says about one element alone, [K, B, 1]. */
        Terms element(NDArray z, int index) {
            try (NDArray units = units(z)) {
                return new Terms(
                        shift.unit(index).apply(units), gate.unit(index).apply(units));
            }
        }

        private NDArray units(NDArray z) {
            NDArray units = z;
            for (Dense.Masked layer : layers) {
                NDArray linear = layer.apply(units);
                if (units == z) {
                    units = activated(linear.add(fromContext));
                    linear.close();
                } else {
                    units.close();
                    units = activated(linear);
                }
            }
            return units;
        }

        /** What only the next layer reads is freed: the inverse makes it D times. */
        private NDArray activated(NDArray linear) {
            NDArray units = activation.apply(linear);
            if (units != linear) {
                linear.close();
            }
            return units;
        }
    }

    /** Where the element of a rank, from 1 to D, stands. */
    int elementOf(int rank) {
        return order == Order.FORWARDS ? rank - 1 : dimensions - rank;
    }

    /** The ranks of the inputs and outputs, 1 to D in the order of this network. */
    private NDArray ranks(NDManager owner) {
        return order.ranks(owner.arange(1f, (float) dimensions + 1, 1f));
    }

    /** Degrees 0 to D - 1 in turn. */
    private NDArray degrees(NDManager owner, int width) {
        long turns = ((long) width + dimensions - 1) / dimensions;
        // made on the device: a copy from the host in each step would have the device wait
        return owner.arange(0f, (float) dimensions, 1f).tile(turns).get(new NDIndex().addSliceDim(0, width));
    }

    private static NDArray column(NDArray degrees) {
        return degrees.expandDims(1);
    }

    private static List<Integer> checked(List<Integer> widths, int dimensions) {
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < dimensions)) {
            throw new IllegalArgumentException("the hidden widths of MADE are " + widths
                    + "; expected at least one, and each at least the length of z, " + dimensions
                    + ", so that every element has a path to those after it");
        }
        return List.copyOf(widths);
    }

    /** Both outputs side by side, [B, 2 D], for z [B, D] and the context [B, F]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        Terms terms =
                given(pass, inputs.get(1).expandDims(0)).apply(inputs.get(0).expandDims(0));
        return new NDList(terms.shift().concat(terms.gate(), -1).squeeze(0));
    }

    /**
     * What the network says about each element.
     *
     * @param shift [K, B, D]
     * @param gate [K, B, D]
     */
    public record Terms(NDArray shift, NDArray gate) {}
}
