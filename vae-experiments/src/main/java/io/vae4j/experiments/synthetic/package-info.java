/**
 * Data that the project makes itself: points of a density in the plane, and sprites and portraits whose factors of
 * variation are known. They need no file and no network, and one seed gives the same bytes on every machine.
 *
 * <p>Points are draws from a mixture of equally likely components, {@code p(x) = 1/C sum_c p(x|c)}; an image is a
 * function of its factors, {@code x = render(shape, scale, orientation, x, y)}.
 */
@NullMarked
package io.vae4j.experiments.synthetic;

import org.jspecify.annotations.NullMarked;
