package io.vae4j.experiments.recipe;

import java.util.Optional;

/** Where a posterior's log q(z|x) can be evaluated. */
public enum Density {
    /** Nowhere: a point mass. */
    NONE,
    /** At the posterior's own samples. */
    AT_DRAWS,
    /** At any z. */
    ANYWHERE;

    /** Why a posterior with this density does not serve a part of the recipe that needs more; empty where it does. */
    public Optional<String> incompatibility(Density needed, String part) {
        return compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of(part + " needs log q(z|x) " + (needed == ANYWHERE ? "at any z" : "of the samples")
                        + ", and this posterior "
                        + (this == NONE ? "is a point mass" : "has it at its own samples only"));
    }
}
