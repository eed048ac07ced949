package io.vae4j.core.model;

/** In which order the stochastic layers of a model are inferred: each may depend on those before it. */
public enum InferenceOrder {
    /** From the data upwards: q(h1|x) q(h2|h1). */
    BOTTOM_UP,
    /** From the top downwards: q(h2|x) q(h1|x,h2). */
    TOP_DOWN
}
