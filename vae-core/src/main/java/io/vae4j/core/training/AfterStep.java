package io.vae4j.core.training;

import ai.djl.nn.Block;

/**
 * A part of a model that changes after the optimizer's step as well, outside the gradient collector: a codebook's
 * moving averages or the restart of codes that nobody uses. A composed model passes the call on to its parts.
 */
public interface AfterStep {

    /** Changes state by what the step has seen; in evaluation nothing changes. */
    void afterStep(CompletedStep step);

    /** Passes the call on to the nearest parts of a block that change after a step, however deep they lie. */
    static void passOn(Block whole, CompletedStep step) {
        for (Block part : whole.getChildren().values()) {
            if (part instanceof AfterStep changing) {
                changing.afterStep(step);
            } else {
                passOn(part, step);
            }
        }
    }
}
