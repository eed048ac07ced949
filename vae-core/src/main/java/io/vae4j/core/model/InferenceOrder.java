package io.vae4j.core.model;

/** In which order the stochastic layers of a model are inferred: each may depend on those before it. */
public enum InferenceOrder {
    /** The layer next to the data first: q(h1|x) q(h2|h1). */
    BOTTOM_UP,
    /** The top layer first: q(h2|x) q(h1|x,h2). */
    TOP_DOWN
}
