package io.vae4j.experiments.recipe;

/** How a step of training runs; both take the same steps, up to rounding. */
public enum StepKind {
    /** One operation after the other. */
    EAGER,
    /** As one program, which is made in the first step. */
    COMPILED
}
