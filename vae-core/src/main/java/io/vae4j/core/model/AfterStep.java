package io.vae4j.core.model;

import ai.djl.nn.Block;
import io.vae4j.core.Pass;

/**
 * What a part of a model does after the optimiser's step, outside the gradient collector: a codebook's moving averages
 * or the restart of codes that nobody uses. A composed model passes the call on to its parts.
 */
public interface AfterStep {

    /**
     * Changes state by what the step has seen; in evaluation nothing changes.
     *
     * @param pass that of the step; its noise is the only source of randomness
     * @param evidence what the model said about the batch
     * @param step the number of steps already taken, 0 for the first
     */
    void afterStep(Pass pass, Evidence evidence, long step);

    /** Passes the call on to the nearest parts of a block that change after a step, however deep they lie. */
    static void passOn(Block whole, Pass pass, Evidence evidence, long step) {
        for (Block part : whole.getChildren().values()) {
            if (part instanceof AfterStep changing) {
                changing.afterStep(pass, evidence, step);
            } else {
                passOn(part, pass, evidence, step);
            }
        }
    }
}
