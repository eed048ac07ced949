/**
 * A training step and what it is made of: the optimizer, the parameters as one step sees them, what happens after it,
 * and the seam to DJL's own Trainer.
 *
 * <p>Adam: {@code theta <- theta - lr m^ / (sqrt(v^) + eps)} with the bias-corrected moments {@code m^, v^}.
 */
@NullMarked
package io.vae4j.core.training;

import org.jspecify.annotations.NullMarked;
