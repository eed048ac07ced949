/**
 * Objectives with a constraint, whose weight is found in training instead of being set.
 *
 * <p>{@code min f s.t. E[g] <= 0} is the saddle point of {@code f + lambda g} over {@code lambda >= 0}: the model
 * descends, the multiplier ascends.
 */
@NullMarked
package io.vae4j.core.constrained;

import org.jspecify.annotations.NullMarked;
