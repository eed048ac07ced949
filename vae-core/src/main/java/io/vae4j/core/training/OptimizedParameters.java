package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parameters with the optimizer that moves them. */
record OptimizedParameters(List<String> names, FusedAdam adam) {

    OptimizedParameters(NDManager owner, List<ModelState.Named> parameters, FusedAdam.Settings settings) {
        this(
                parameters.stream().map(ModelState.Named::name).toList(),
                new FusedAdam(
                        owner, parameters.stream().map(ModelState.Named::array).toList(), settings));
    }

    LeafParameters leaves(ParameterStore rest, NDManager batch) {
        return adam.leaves(rest, batch);
    }

    /** The gradient of each, by its name; the batch owns the arrays. */
    Map<String, NDArray> gradients(LeafParameters leaves) {
        return named(leaves.arrays().stream().map(NDArray::getGradient).toList());
    }

    /** Arrays, one for each parameter, by its name. */
    Map<String, NDArray> named(List<NDArray> arrays) {
        Map<String, NDArray> named = new TreeMap<>();
        for (int i = 0; i < arrays.size(); i++) {
            ModelState.put(named, names.get(i), arrays.get(i));
        }
        return named;
    }

    /** Adds the moments of each parameter, by its name. */
    void collect(Map<String, NDArray> moments) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            ModelState.put(moments, name + ".exp_avg", adam.moments().first().get(i));
            ModelState.put(
                    moments, name + ".exp_avg_sq", adam.moments().second().get(i));
        }
    }
}
