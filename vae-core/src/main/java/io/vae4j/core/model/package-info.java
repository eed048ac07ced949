/**
 * The parts of a latent variable model as DJL blocks with typed methods, and what a forward pass yields.
 *
 * <p>A model answers one question: the {@link io.vae4j.core.model.BoundTerms} {@code log w = log p(x|z) + log p(z) -
 * log q(z|x)} of samples {@code z ~ q(z|x)}, term by term; objectives are made of it elsewhere.
 */
@NullMarked
package io.vae4j.core.model;

import org.jspecify.annotations.NullMarked;
