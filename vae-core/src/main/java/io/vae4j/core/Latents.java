package io.vae4j.core;

/**
 * Whether the decoder and the prior see the posterior's samples themselves or copies of them.
 *
 * <p>{@code THROUGH}: the samples themselves, so that one backward pass reaches the encoder (the reparameterized
 * estimator). {@code LEAF}: a leaf copy of each sample, so that the gradient with respect to z can be collected first
 * and weighted before it goes on into the encoder (Tucker et al. 2019, eq. 8, https://arxiv.org/abs/1810.04152).
 */
public enum Latents {
    THROUGH,
    LEAF
}
