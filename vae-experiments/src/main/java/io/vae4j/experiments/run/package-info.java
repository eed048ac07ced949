/**
 * The run folder: what a run writes and what is read back, one record for each file.
 *
 * <p>A measurement is {@code (1/N) sum_i f(x_i)} over the N examples of a split, in nats per example; checkpoints
 * appear whole or not at all.
 */
@NullMarked
package io.vae4j.experiments.run;

import org.jspecify.annotations.NullMarked;
