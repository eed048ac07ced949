/**
 * Approximate posteriors beyond the factorised Gaussian.
 *
 * <p>All follow one rule, the change of variables: a draw {@code z = h(eps)} has {@code log q(z) = log p(eps) - log|det
 * dz/deps|}. The full Gaussian takes an affine h, a flow composes maps ({@link io.vae4j.models.posterior.Flow}) on top
 * of either Gaussian, and a point mass has no density at all.
 */
@NullMarked
package io.vae4j.models.posterior;

import org.jspecify.annotations.NullMarked;
