/**
 * Priors over vectors with a density: fixed, learned, mixtures, and conditional ones.
 *
 * <p>All answer one question, {@code p(z|c)}; sampling and the KL {@code E_q[log q(z|x) - log p(z|c)]} follow from it.
 */
@NullMarked
package io.vae4j.models.prior;

import org.jspecify.annotations.NullMarked;
