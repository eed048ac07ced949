package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which settings a sweep tries, and how far it trains each; the key {@code kind} chooses it. A search is a function of
 * what was decided and reached so far, so that a sweep which was interrupted goes on as it would have.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface SearchSpec {

    /**
     * What is to be trained next, asked whenever there is room for a run; empty where nothing is, until one of those
     * that are under way has got as far as it is to get.
     */
    Optional<Decision> next(Space space, Standings standings);

    /** How many settings there will be at the most; empty where that is not known before. */
    OptionalInt settings(Space space);

    /**
     * Refuses, with the reason, a space or a number of epochs that this search can do nothing with.
     *
     * @param epochs of a whole run
     */
    default void check(Space space, int epochs) {}

    /** A decision. */
    sealed interface Decision {

        /** The epoch after which the runs of the setting pause; empty where they are trained to their end. */
        Optional<Integer> until();

        /** To try a new setting. */
        record Begin(Map<String, JsonNode> values, Optional<Integer> until) implements Decision {}

        /** To train one that was tried further. */
        record GoOn(int setting, Optional<Integer> until) implements Decision {}
    }
}
