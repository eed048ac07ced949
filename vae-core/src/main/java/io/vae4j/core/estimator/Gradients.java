package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.SymbolicArray;

/** The backward passes that DJL's gradient collector does not offer: with a given gradient, and more than one. */
final class Gradients {

    private Gradients() {}

    /**
     * Goes back from an array with a given gradient of the same shape, and keeps the graph: a later backward pass may
     * run through parts of it, such as the aliases of parameters. Nothing happens where no gradient is needed.
     */
    static void backward(NDArray from, NDArray gradient) {
        if (from instanceof SymbolicArray symbolic) {
            symbolic.backward(gradient);
            return;
        }
        // The engine rejects an array that needs no gradient (a sample from a frozen encoder), and DJL cannot ask an
        // inner one; its sum with a leaf needs one always.
        NDArray leaf = Ops.scalar(from, 0);
        leaf.setRequiresGradient(true);
        JniUtils.backward((PtNDArray) from.add(leaf), (PtNDArray) gradient, true, false);
    }
}
