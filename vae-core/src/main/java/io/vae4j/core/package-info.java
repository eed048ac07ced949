/**
 * How vae4j talks to DJL: one forward {@link io.vae4j.core.Pass}, its noise and condition, blocks with typed methods,
 * and {@link io.vae4j.core.Ops}, the only place of scalar arithmetic.
 *
 * <p>Axes are fixed for the whole project: K samples first, then B examples, then event axes; a log density sums the
 * event axes, {@code log p(x) = sum_j log p(x_j)}, and the mean over B is taken once, at the training step.
 */
@NullMarked
package io.vae4j.core;

import org.jspecify.annotations.NullMarked;
