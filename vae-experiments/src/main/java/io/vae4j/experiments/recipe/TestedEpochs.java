package io.vae4j.experiments.recipe;

/** After which epochs a run measures the test examples. */
public enum TestedEpochs {
    /** After each, for the curves. */
    EVERY,
    /**
     * After none: whoever chooses among runs by the validation examples looks at the test examples once, at the end.
     */
    NONE
}
