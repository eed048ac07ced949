package io.vae4j.experiments.sweep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Who is told how a sweep goes. */
public interface SweepProgress {

    /** How it stands, a few times a second. */
    default void stands(Snapshot snapshot) {}

    /** Something happened that is worth a line. */
    default void tell(String line) {}

    /** Says nothing. */
    static SweepProgress silent() {
        return new SweepProgress() {};
    }

    /**
     * How a sweep stands at a moment.
     *
     * @param done epochs of all runs together
     * @param most epochs that there will be at the most; empty where that is not known
     * @param reached runs that are as far as they were to get
     * @param failed runs
     * @param best the best setting so far, with its figure
     */
    record Snapshot(
            int done, OptionalInt most, int reached, int failed, List<Running> running, Optional<String> best) {}

    /**
     * A run that is under way.
     *
     * @param epochs done
     * @param until how many it is to do
     * @param on where
     */
    record Running(String name, int epochs, int until, String on, double seconds) {}
}
