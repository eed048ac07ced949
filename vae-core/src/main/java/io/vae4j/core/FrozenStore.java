package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.function.Supplier;

/**
 * Hands out parameters as constants, with no gradient: sticking-the-landing and DReG freeze parameters, never
 * distributions.
 */
final class FrozenStore extends BatchParameters {

    private final BatchParameters source;
    private final NDManager batch;

    FrozenStore(BatchParameters source, NDManager batch) {
        super(batch);
        this.source = source;
        this.batch = batch;
    }

    @Override
    void applied(Block block, Supplier<Shape[]> inputs) {
        source.applied(block, inputs);
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        NDArray detached = source.getValue(parameter, device, training).stopGradient();
        detached.attach(batch);
        return detached;
    }
}
