package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** One thing that happened in a sweep: a line of its journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = Event.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Event.Lost.class, name = "lost"),
    @JsonSubTypes.Type(value = Event.Reached.class, name = "reached"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Event.Retried.class, name = "retried"),
    @JsonSubTypes.Type(value = Event.Evaluated.class, name = "evaluated")
})
public sealed interface Event {

    /** One that says when it happened. */
    sealed interface Timed extends Event {

        /** As an instant, {@code 2026-11-29T12:00:00Z}. */
        String time();
    }

    /** A process took the sweep up. */
    record Opened(String time, String vae4j, int slots) implements Timed {}

    /**
     * The search decided to train a setting, new or not.
     *
     * @param setting from 0; a new one has the next number
     * @param until the epoch after which its runs pause; without one they are trained to their end
     */
    record Decided(int setting, Map<String, JsonNode> values, Optional<Integer> until) implements Event {}

    /** A run began, or went on. */
    record Started(String time, RunName run, Optional<Integer> until, String on) implements Timed {}

    /** The process of a run died, and the run will go on from its checkpoint. */
    record Lost(String time, RunName run, String how) implements Timed {}

    /**
     * A run got as far as it was to get.
     *
     * @param until as it was decided
     * @param epochs that it has done; fewer than decided where it stopped early
     * @param value of the goal's metric after the last of them
     * @param seconds of all of its processes so far
     * @param ended whether it will not be trained further
     */
    record Reached(
            String time, RunName run, Optional<Integer> until, int epochs, double value, double seconds, boolean ended)
            implements Timed {}

    /** A run cannot be trained. */
    record Failed(String time, RunName run, String reason) implements Timed {}

    /** The user wants a run that failed to be tried again. */
    record Retried(String time, RunName run) implements Timed {}

    /** The test examples were looked at; empty where there is no such figure. */
    record Evaluated(String time, RunName run, Optional<Double> nll, Optional<String> note) implements Timed {}

    /** Which run: a setting with a seed. */
    record RunName(int setting, long seed) {}
}
