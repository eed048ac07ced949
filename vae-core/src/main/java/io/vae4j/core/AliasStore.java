package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;

/**
 * Hands out parameters as views that a batch owns. In DJL a result belongs to the manager of its left operand, so that
 * {@code weight.exp()} on the parameter itself would stay in memory as long as the model.
 */
final class AliasStore extends BatchParameters {

    private final ParameterStore source;
    private final IdentityHashMap<Parameter, NDArray> aliases = new IdentityHashMap<>();

    AliasStore(ParameterStore source, NDManager batch) {
        super(batch);
        this.source = source;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return aliases.computeIfAbsent(parameter, p -> owned(source.getValue(p, device, training)));
    }
}
