package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** The backward passes that DJL's gradient collector does not offer: with a given gradient, and more than one. */
final class Gradients {

    private Gradients() {}

    /**
     * Goes back from an array with a given gradient of the same shape, and keeps the graph: a later backward pass may
     * run through parts of it, such as the aliases of parameters.
     */
    static void backward(NDArray from, NDArray gradient) {
        JniUtils.backward((PtNDArray) from, (PtNDArray) gradient, true, false);
    }
}
