package io.vae4j.core.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.vae4j.core.BatchParameters;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The trained parameters as one step sees them: new leaves of the graph in the parameters' memory, which have no
 * gradient yet. Backward hands a gradient over to such a leaf, where it would add to a gradient that is there, and that
 * one had to be zeroed and kept: three passes over all parameters. The parameters' own gradients are left as they were.
 */
public final class LeafParameters extends BatchParameters {

    private final List<NDArray> parameters;
    private final ParameterStore rest;
    private final IdentityHashMap<NDArray, NDArray> leaves = new IdentityHashMap<>();

    /**
     * Makes the leaves.
     *
     * @param parameters those that are trained
     * @param rest knows the others
     * @param batch owns the leaves and their gradients
     */
    public LeafParameters(List<NDArray> parameters, ParameterStore rest, NDManager batch) {
        super(batch);
        this.parameters = parameters;
        this.rest = BatchParameters.of(rest, batch);
        for (NDArray parameter : parameters) {
            NDArray leaf = parameter.stopGradient();
            leaf.attach(batch);
            leaf.setRequiresGradient(parameter.hasGradient());
            leaves.put(parameter, leaf);
        }
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        NDArray leaf = leaves.get(parameter.getArray());
        return leaf == null ? rest.getValue(parameter, device, training) : leaf;
    }

    /** The leaves, in the order of the parameters. */
    public List<NDArray> arrays() {
        return parameters.stream().map(leaves::get).toList();
    }
}
