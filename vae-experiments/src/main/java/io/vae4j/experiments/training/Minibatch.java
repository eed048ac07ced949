package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;

/**
 * Some examples, and what is given beside each.
 *
 * @param x [B, ...X]
 * @param condition for B examples, or none
 */
public record Minibatch(NDArray x, Condition condition) {

    /**
     * Lends the arrays to a manager, one at a time: until it closes, results of operations on them belong to it; then
     * the arrays return to their owner.
     *
     * @throws IllegalStateException if the manager is closed
     */
    public void lend(NDManager borrower) {
        x.tempAttach(borrower);
        if (condition instanceof Condition.Given given) {
            given.values().tempAttach(borrower);
        }
    }
}
