package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.BoundTerms;

/**
 * What is to be small, and what must not exceed a limit while it is: {@code min E[cost]} with {@code E[excess] <= 0}.
 */
public interface ConstrainedProblem {

    /** How many samples both want for each example. */
    int samples();

    /** What is minimized, [B]. */
    NDArray cost(BoundTerms terms);

    /** What is constrained, less its limit: positive where the constraint is violated, [B]. */
    NDArray excess(BoundTerms terms);
}
