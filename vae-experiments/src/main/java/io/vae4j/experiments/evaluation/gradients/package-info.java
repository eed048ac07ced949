/**
 * Measures gradient estimators on a model: bias, variance and signal-to-noise ratio of each parameter group.
 *
 * <p>{@code SNR = |E g| / sd(g)} falls as {@code 1 / sqrt(k)} for the encoder under the importance-weighted bound with
 * the pathwise estimator (Rainforth et al. 2018, https://arxiv.org/abs/1802.04537).
 */
@NullMarked
package io.vae4j.experiments.evaluation.gradients;

import org.jspecify.annotations.NullMarked;
