package io.vae4j.models.vq;

/** The treatment of dead codes, which no output is nearest to. */
public sealed interface DeadCodeReset {

    /** They stay where they are. */
    record Never() implements DeadCodeReset {}

    /**
     * A code that was not used in so many steps in a row moves to a random output of the present batch, and its moving
     * averages start anew.
     *
     * @param steps at least 1
     */
    record After(long steps) implements DeadCodeReset {

        public After {
            if (steps < 1) {
                throw new IllegalArgumentException(
                        "codes should restart after " + steps + " steps without use; expected at least 1");
            }
        }
    }
}
