package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

/** Takes down that gradients are asked for. */
record Tape(Scribe scribe) implements GradientCollector {

    @Override
    public void backward(NDArray target) {
        scribe.backward((TracedArray) target);
    }

    @Override
    public void zeroGradients() {
        throw new Untraceable("gradients are zeroed");
    }

    @Override
    public void close() {
        // nothing is held
    }
}
