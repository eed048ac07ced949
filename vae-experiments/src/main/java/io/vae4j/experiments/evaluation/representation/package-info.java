/**
 * What the codes of a model are worth: how well a simple classifier tells the classes from them, and how well a mixture
 * of Gaussians describes them.
 *
 * <p>A linear probe is {@code softmax(W z + b)} over the codes z of training examples; Alain and Bengio 2016,
 * https://arxiv.org/abs/1610.01644. A mixture {@code sum_k pi_k N(z; mu_k, Sigma_k)} in place of the prior is what
 * Ghosh et al. 2020, section 4, call ex-post density estimation, https://arxiv.org/abs/1903.12436
 */
@NullMarked
package io.vae4j.experiments.evaluation.representation;

import org.jspecify.annotations.NullMarked;
