/**
 * The evaluations that this project brings beside the negative log-likelihood: how far that can be trusted, and what
 * the latent dimensions carry.
 *
 * <p>The bias of a log-likelihood by K samples is about {@code -1/2 (1/ESS - 1/K)} nats, the delta method; Nowozin
 * 2018, https://openreview.net/forum?id=HyZoi-WRb
 */
@NullMarked
package io.vae4j.experiments.evaluation.standard;

import org.jspecify.annotations.NullMarked;
