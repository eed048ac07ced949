package io.vae4j.core.model;

/**
 * The network of q(z|x,c): features of the data, from which a {@link Posterior} makes a distribution. More than one
 * sample of an input reaches it only above the first stochastic layer, where z of the layer below is its input.
 */
public interface Encoder extends Network {}
