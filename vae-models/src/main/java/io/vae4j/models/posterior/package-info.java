/**
 * Approximate posteriors that are more than a family: flows over one, and a point mass.
 *
 * <p>The change of variables holds for all with a density: a sample {@code z = h(eps)} has {@code log q(z) = log p(eps)
 * - log|det dz/deps|}. A point mass has no density at all.
 */
@NullMarked
package io.vae4j.models.posterior;

import org.jspecify.annotations.NullMarked;
