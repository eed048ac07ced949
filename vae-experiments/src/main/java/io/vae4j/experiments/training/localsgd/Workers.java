package io.vae4j.experiments.training.localsgd;

import java.util.Optional;

/** Who takes the steps of a training. */
public sealed interface Workers {

    /** How they share the work; empty where there are none. */
    Optional<LocalSgd> localSgd();

    /** This process, one step after another. */
    record None() implements Workers {

        @Override
        public Optional<LocalSgd> localSgd() {
            return Optional.empty();
        }
    }

    /**
     * Workers of local SGD, whose steps this process takes, one worker after another. It is no faster than without
     * them: it shows what they would come to elsewhere.
     */
    record InTurn(LocalSgd method) implements Workers {

        @Override
        public Optional<LocalSgd> localSgd() {
            return Optional.of(method);
        }
    }

    /** Workers of local SGD in other processes. */
    record Elsewhere(LocalSgd method, Rounds rounds) implements Workers {

        @Override
        public Optional<LocalSgd> localSgd() {
            return Optional.of(method);
        }
    }

    /** This process. */
    static Workers none() {
        return new None();
    }
}
