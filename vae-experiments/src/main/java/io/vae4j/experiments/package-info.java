/**
 * Experiments: recipes, data, training, checkpoints, reports and the command line around the models.
 *
 * <p>What a run minimizes, over a data set of N examples, is {@code -(1/N) sum_i ELBO(x_i)}, in nats per example.
 */
@NullMarked
package io.vae4j.experiments;

import org.jspecify.annotations.NullMarked;
