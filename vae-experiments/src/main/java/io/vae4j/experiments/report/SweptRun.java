package io.vae4j.experiments.report;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A run of a sweep: a setting from one seed.
 *
 * @param name of its folder
 * @param epochs that it has done
 * @param figure by which settings are chosen, after the last of them; NaN where it is not finite, empty until there is
 *     one
 * @param nll of the test examples, nats; empty where they were not looked at
 * @param seconds of its processes together
 * @param processes how many it has had
 * @param reason why it failed, or why it has no NLL
 * @param folder where it is, from the sweep's folder
 */
public record SweptRun(
        String name,
        long seed,
        State state,
        int epochs,
        Optional<Double> figure,
        Optional<Double> nll,
        double seconds,
        int processes,
        Optional<String> reason,
        Path folder) {

    /** How it stands, those that tell most of a setting first. */
    public enum State {
        /** It cannot be trained. */
        FAILED,
        /** It is not as far as it is to get. */
        WAITING,
        /** It was stopped early, and could go on. */
        PAUSED,
        /** It will not be trained further. */
        ENDED;

        /** As tables write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
