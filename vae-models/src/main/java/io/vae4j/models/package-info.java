/**
 * Models as compositions of an encoder, a posterior, a decoder and a prior.
 *
 * <p>{@code p(x) = int p(x|z) p(z) dz} with {@code q(z|x)} for inference; a deep model is one whose prior is such a
 * model again.
 */
@NullMarked
package io.vae4j.models;

import org.jspecify.annotations.NullMarked;
