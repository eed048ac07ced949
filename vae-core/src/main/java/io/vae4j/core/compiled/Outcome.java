package io.vae4j.core.compiled;

import io.vae4j.core.Noise;

/** The outcome of a run. */
public sealed interface Outcome<R> {

    /** It has run. */
    record Done<R>(R result) implements Outcome<R> {}

    /**
     * It cannot be a program, and nothing has happened.
     *
     * @param noise the same as it was asked for, for whoever does it otherwise
     */
    record Refused<R>(String reason, Noise noise) implements Outcome<R> {}
}
