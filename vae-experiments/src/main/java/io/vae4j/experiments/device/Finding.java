package io.vae4j.experiments.device;

import java.util.Optional;

/**
 * One line of the doctor's report.
 *
 * @param name what was looked at
 * @param value what was found
 * @param status what it means for a run
 * @param remedy what to do about it, unless the status is {@link Status#OK}
 */
public record Finding(String name, String value, Status status, Optional<String> remedy) {

    /** What a finding means for a run. */
    public enum Status {
        OK,
        /** A run works, but perhaps not as the user expects. */
        WARNING,
        /** A run fails. */
        PROBLEM
    }

    /** Nothing to do. */
    public static Finding ok(String name, String value) {
        return new Finding(name, value, Status.OK, Optional.empty());
    }

    /** Worth a look. */
    public static Finding warning(String name, String value, String remedy) {
        return new Finding(name, value, Status.WARNING, Optional.of(remedy));
    }

    /** Must be mended. */
    public static Finding problem(String name, String value, String remedy) {
        return new Finding(name, value, Status.PROBLEM, Optional.of(remedy));
    }
}
