package io.vae4j.experiments.data;

import java.util.Map;
import java.util.Optional;

/**
 * Of which examples of some data the splits of others are made.
 *
 * @param origins where the examples of each split then come from, as by {@link Dataset#origins}
 */
public record Selection(Part train, Optional<Part> validation, Part test, Map<String, SplitOrigin> origins) {

    /** Copies the origins. */
    public Selection {
        origins = Map.copyOf(origins);
    }

    /**
     * Some examples of a split.
     *
     * @param split that they are in: {@code train}, {@code validation} or {@code test}
     * @param places of them in it, from 0
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Part(String split, int[] places) {

        /** These examples, which share the memory of all. */
        public Examples of(Dataset data) {
            Examples all = switch (split) {
                case "train" -> data.train();
                case "validation" -> data.validation().orElseThrow();
                case "test" -> data.test();
                default -> throw new IllegalArgumentException("there is no split " + split);
            };
            return all.select(places);
        }
    }
}
