/**
 * Deep latent variable models with any number of stochastic layers.
 *
 * <p>{@code p(h_L) p(h_{L-1}|h_L) ... p(x|h_1)} with {@code q(h_L|x) q(h_{L-1}|x,h_L) ... q(h_1|x,h_2)} for top-down
 * inference, where each layer's KL is closed given its sampled parent, or {@code q(h_1|x) q(h_2|h_1) ...} for bottom-up
 * inference.
 */
@NullMarked
package io.vae4j.models.hierarchical;

import org.jspecify.annotations.NullMarked;
