package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** Gives out detached parameters: sticking-the-landing and DReG freeze parameters, never distributions. */
final class FrozenStore extends BatchParameters {

    private final ParameterStore source;
    private final NDManager batch;

    FrozenStore(ParameterStore source, NDManager batch) {
        super(batch);
        this.source = source;
        this.batch = batch;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        NDArray detached = source.getValue(parameter, device, training).stopGradient();
        detached.attach(batch);
        return detached;
    }
}
