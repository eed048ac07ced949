package io.vae4j.core;

/** Whether a forward pass trains the model (dropout on, running statistics move) or only evaluates it. */
public enum Mode {
    TRAIN,
    EVALUATE
}
