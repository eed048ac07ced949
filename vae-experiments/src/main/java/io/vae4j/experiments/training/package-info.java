/**
 * Training: the loop, what it logs, and checkpoints from which it goes on bit for bit.
 *
 * <p>A step minimizes {@code (1/B) sum_i loss(x_i)}, nats per example; all randomness is a function of (seed, step,
 * stream).
 */
@NullMarked
package io.vae4j.experiments.training;

import org.jspecify.annotations.NullMarked;
