/**
 * Gradient estimators: how the gradient of an objective is taken through random samples.
 *
 * <p>Pathwise: {@code d/dphi E_q[f(z)] = E_eps[d/dphi f(h(eps, phi))]}; by the score function: {@code E_q[f(z) d/dphi
 * log q(z)]}.
 */
@NullMarked
package io.vae4j.core.estimator;

import org.jspecify.annotations.NullMarked;
