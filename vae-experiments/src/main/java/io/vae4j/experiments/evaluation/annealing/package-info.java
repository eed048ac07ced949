/**
 * Bounds of log p(x) by annealed importance sampling: chains of Hamiltonian Monte Carlo that walk from a distribution
 * that is easy to sample to the posterior, through many in between.
 *
 * <p>{@code log p(x) >= E log 1/C sum_c w_c}, {@code w = prod_t f_t(z_{t-1}) / f_{t-1}(z_{t-1})}, {@code f_t = f_0^(1 -
 * beta_t) p(x,z)^beta_t}; Neal 2001, https://arxiv.org/abs/physics/9803008, and of decoders Wu et al. 2017,
 * https://arxiv.org/abs/1611.04273
 */
@NullMarked
package io.vae4j.experiments.evaluation.annealing;

import org.jspecify.annotations.NullMarked;
