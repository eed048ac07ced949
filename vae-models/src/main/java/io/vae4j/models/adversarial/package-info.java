/**
 * Discriminators: networks that learn to tell two samples apart, and what a model learns from being told.
 *
 * <p>For samples of p and of q, the best logit is {@code log p(z) - log q(z)}, from which {@code KL(p || q) =
 * E_p[logit]}.
 */
@NullMarked
package io.vae4j.models.adversarial;

import org.jspecify.annotations.NullMarked;
