package io.vae4j.experiments.training.localsgd;

import java.util.Optional;

/** Who takes the steps of a training. */
public sealed interface Workers {

    /** This process, one step after another. */
    record None() implements Workers {}

    /**
     * Workers of local SGD, whose steps this process takes, one worker after another. It is no faster than without
     * them: it shows what they would come to elsewhere.
     */
    record InTurn(LocalSgd method) implements Workers {}

    /** Workers of local SGD in other processes. */
    record Elsewhere(LocalSgd method, Rounds rounds) implements Workers {}

    /** This process. */
    static Workers none() {
        return new None();
    }

    /** The method, where there are workers. */
    default Optional<LocalSgd> localSgd() {
        if (this instanceof InTurn inTurn) {
            return Optional.of(inTurn.method());
        }
        return this instanceof Elsewhere elsewhere ? Optional.of(elsewhere.method()) : Optional.empty();
    }
}
