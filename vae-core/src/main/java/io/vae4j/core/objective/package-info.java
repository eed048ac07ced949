/**
 * Objectives over {@link io.vae4j.core.model.Evidence}, how their gradient is taken, and the one seam to DJL's Trainer.
 *
 * <p>{@code ELBO = E_q[log p(x|z)] - KL(q(z|x) || p(z)) <= L_k = E log (1/k) sum_i w_i <= log p(x)}; a loss is minus a
 * bound, in nats per example.
 */
@NullMarked
package io.vae4j.core.objective;

import org.jspecify.annotations.NullMarked;
