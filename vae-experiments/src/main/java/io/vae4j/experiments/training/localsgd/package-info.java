/**
 * Local SGD: several workers train copies of a model, each on examples of its own, and average them now and then.
 *
 * <p>A round is {@code H} steps of each of {@code N} workers from the same parameters, {@code theta_k <- theta_k - lr
 * Adam(grad_k)}, and then {@code theta = sum_k (n_k / n) theta_k}, where worker k has seen {@code n_k} of the round's
 * {@code n} examples. McMahan et al. 2017, algorithm 1, https://arxiv.org/abs/1602.05629; Stich 2019, algorithm 1,
 * https://arxiv.org/abs/1805.09767; Lin et al. 2020, https://arxiv.org/abs/1808.07217
 */
@NullMarked
package io.vae4j.experiments.training.localsgd;

import org.jspecify.annotations.NullMarked;
