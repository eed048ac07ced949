package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;

/** Ranges of options. */
final class Checks {

    private Checks() {}

    static void atLeast(String option, long least, long value, String command) {
        if (value < least) {
            throw new InvalidInput(option + " is " + value, command, "give " + least + " or more");
        }
    }
}
