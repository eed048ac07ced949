/**
 * Families: the last layer of a network, which turns features into the parameters of a distribution.
 *
 * <p>{@code (loc, log sigma) = NN(x)} gives {@code q(z|x) = N(loc, diag(sigma^2))}; the same layers over features of z
 * give {@code p(x|z)}.
 */
@NullMarked
package io.vae4j.models.family;

import org.jspecify.annotations.NullMarked;
