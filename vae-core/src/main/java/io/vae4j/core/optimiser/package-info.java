/**
 * Optimisers whose only state is visible arrays; learning rate and step are arguments.
 *
 * <p>Adam: {@code theta <- theta - lr m^ / (sqrt(v^) + eps)} with the bias-corrected moments {@code m^, v^}.
 */
@NullMarked
package io.vae4j.core.optimiser;

import org.jspecify.annotations.NullMarked;
