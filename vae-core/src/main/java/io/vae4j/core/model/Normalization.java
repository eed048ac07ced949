package io.vae4j.core.model;

/** What log p is the logarithm of, which decides what a loss that is made of it may be compared with. */
public enum Normalization {
    /** A probability of discrete values, which sum to one. */
    PROBABILITY,
    /** A density, which integrates to one and whose value depends on the unit of the data. */
    DENSITY,
    /** Neither: the exponential does not integrate to one, and the loss is no bound of a log-likelihood. */
    NONE
}
