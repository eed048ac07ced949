package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Encoder;
import java.util.ArrayList;
import java.util.List;

/** Networks one after another, as one network; the condition reaches each of them. */
public final class Sequential extends Network {

    private final List<Encoder> networks = new ArrayList<>();

    /** @param networks from the input on */
    public Sequential(List<Encoder> networks) {
        for (Encoder network : networks) {
            this.networks.add(child("network" + (this.networks.size() + 1), network));
        }
    }

    @Override
    public NDArray encode(Pass pass, NDArray x, Condition condition) {
        NDArray features = x;
        for (Encoder network : networks) {
            features = network.encode(pass, features, condition);
        }
        return features;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape shape = inputs[0];
        for (Encoder network : networks) {
            shape = initialize(network, manager, type, withCondition(shape, inputs));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape shape = inputs[0];
        for (Encoder network : networks) {
            shape = network.getOutputShapes(withCondition(shape, inputs))[0];
        }
        return new Shape[] {shape};
    }
}
