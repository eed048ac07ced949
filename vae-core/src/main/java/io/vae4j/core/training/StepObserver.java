package io.vae4j.core.training;

import io.vae4j.core.estimator.GradientEstimator.Estimate;

/** Is shown what a step of training is taken by, before the parameters move. */
@FunctionalInterface
public interface StepObserver {

    /**
     * The terms of a batch, or of each part of one that passes in parts. Where steps are programs, the arrays have no
     * numbers yet: what is made of them is a part of the program, and is there after the step if it was attached to
     * another manager than the batch's. Numbers that are read here make the step one that is no program.
     */
    void terms(Estimate estimate);

    /** What was shown of this step so far is void, and the step begins anew. */
    default void again() {}
}
