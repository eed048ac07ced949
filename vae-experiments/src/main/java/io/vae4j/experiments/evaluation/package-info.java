/**
 * How good a trained model is, measured on test examples: the negative log-likelihood by importance sampling, how far
 * its estimate can be trusted, and what each stochastic layer is used for.
 *
 * <p>{@code -log p(x) <= -log (1/K) sum_k w_k}, {@code w_k = p(x, z_k) / q(z_k|x)}, nats per example; Burda et al.
 * 2016, eq. 8, https://arxiv.org/abs/1509.00519
 */
@NullMarked
package io.vae4j.experiments.evaluation;

import org.jspecify.annotations.NullMarked;
