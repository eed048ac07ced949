package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;

/** p(x|z,c) as a network from z to features, and a family from features to a distribution. */
public final class NetworkDecoder extends TypedBlock implements Decoder {

    private final Encoder network;
    private final Family<?> likelihood;

    public NetworkDecoder(Encoder network, Family<?> likelihood) {
        this.network = child("network", network);
        this.likelihood = child("likelihood", likelihood);
    }

    @Override
    public Distribution decode(Pass pass, NDArray z, Condition condition) {
        requireEvent("latents", z, 2);
        return likelihood.of(pass, network.encode(pass, z, condition));
    }

    /** The mean of p(x|z) for z [B, ...Z]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray z = inputs.head().expandDims(0);
        return new NDList(decode(pass, z, condition(inputs)).mean().squeeze(0));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape features = initialize(network, manager, type, inputs);
        likelihood.initialize(manager, type, features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return likelihood.getOutputShapes(network.getOutputShapes(inputs));
    }
}
