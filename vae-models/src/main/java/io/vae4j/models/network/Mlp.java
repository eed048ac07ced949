package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * Dense layers of given widths with one activation, also after the last: the hidden part of a network, which a
 * {@link io.vae4j.core.model.Family} completes. The condition joins the input.
 */
public final class Mlp extends Network {

    private final List<Dense> layers = new ArrayList<>();
    private final Activation activation;

    /** @param widths of the hidden layers, from the input on; none makes the network the identity */
    public Mlp(List<Integer> widths, Activation activation, Initialization initialization) {
        this.activation = activation;
        for (int width : widths) {
            layers.add(child("fc" + (layers.size() + 1), new Dense(width, initialization)));
        }
    }

    /**
     * @param x [K or 1, B, ...X]; event axes are flattened
     * @return [K or 1, B, width]
     */
    @Override
    public NDArray encode(Pass pass, NDArray x, Condition condition) {
        Shape shape = x.getShape();
        NDArray flat = shape.dimension() == 3 ? x : x.reshape(shape.get(0), shape.get(1), -1);
        NDArray hidden = condition.join(flat, 1);
        for (Dense layer : layers) {
            hidden = activation.consume(layer.apply(pass, hidden));
        }
        return hidden;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape shape = joined(inputs);
        for (Dense layer : layers) {
            shape = initialize(layer, manager, type, shape);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape shape = joined(inputs);
        for (Dense layer : layers) {
            shape = layer.getOutputShapes(new Shape[] {shape})[0];
        }
        return new Shape[] {shape};
    }

    /** [B, X + C]: the flattened event axes and the condition's. */
    private static Shape joined(Shape[] inputs) {
        return new Shape(inputs[0].get(0), inputs[0].slice(1).size() + conditionWidth(inputs));
    }
}
