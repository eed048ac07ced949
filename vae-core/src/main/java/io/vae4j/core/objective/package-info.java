/**
 * Objectives: what is minimized, as a function of the terms that a model yields.
 *
 * <p>{@code ELBO = E_q[log p(x|z)] - KL(q(z|x) || p(z)) <= L_k = E log (1/k) sum_i w_i <= log p(x)}; a loss is minus a
 * bound, in nats per example.
 */
@NullMarked
package io.vae4j.core.objective;

import org.jspecify.annotations.NullMarked;
