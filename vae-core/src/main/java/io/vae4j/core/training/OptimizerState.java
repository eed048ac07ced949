package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/** What an optimizer remembers of the gradients of each parameter, such as Adam's moments. */
public interface OptimizerState {

    /**
     * Forgets what was learned of some rows of a parameter, which have been given new values: moments of the old ones
     * would push the new ones about. A parameter that the optimizer does not train is left alone.
     *
     * @param parameter [N, ...]
     * @param rows which, [N], booleans
     */
    void forget(Parameter parameter, NDArray rows);

    /** The state of an optimizer that remembers nothing. */
    static OptimizerState none() {
        return (parameter, rows) -> {};
    }
}
