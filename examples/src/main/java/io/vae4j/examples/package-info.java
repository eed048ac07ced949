/**
 * Programs of one file each, in the order of docs/tutorial.md.
 *
 * <p>All but the sixth learn p(x) of {@link io.vae4j.examples.Squares}, {@code log p(x) >= E_q[log p(x|z)] - KL(q(z|x)
 * || p(z))}.
 */
@NullMarked
package io.vae4j.examples;

import org.jspecify.annotations.NullMarked;
