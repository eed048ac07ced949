package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;

/**
 * Some images, and what is given beside each.
 *
 * @param images [B, ...X]
 * @param condition for B examples, or none
 */
public record Minibatch(NDArray images, Condition condition) {

    /** Lends the arrays to a manager until it closes: what is made of them is its own and ends with it. */
    public void lend(NDManager borrower) {
        images.tempAttach(borrower);
        if (condition instanceof Condition.Given given) {
            given.values().tempAttach(borrower);
        }
    }
}
