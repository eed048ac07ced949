package io.vae4j.core.objective;

/**
 * An objective in which the loss of an example depends on the others of its batch, {@code (1/B) sum_n l_n(x_1, ...,
 * x_B)}: its value depends on how many there are, so that a test must use batches of the size that it was trained with.
 * It accepts a batch of any size, down to one: the last of an epoch is what remains.
 */
public interface BatchCoupled extends Objective {}
