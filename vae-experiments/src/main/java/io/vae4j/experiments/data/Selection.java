package io.vae4j.experiments.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of which examples of some data the splits of others are made.
 *
 * @param classes the names of the classes that these examples have, by which their labels are numbered anew
 * @param origins where the examples of each split then come from, as by {@link Dataset#origins}
 */
public record Selection(
        Part train, Optional<Part> validation, Part test, List<String> classes, Map<String, SplitOrigin> origins) {

    /** Copies names and origins. */
    public Selection {
        classes = List.copyOf(classes);
        origins = Map.copyOf(origins);
    }

    /**
     * Some examples of a split.
     *
     * @param split that they are in: {@code train}, {@code validation} or {@code test}
     * @param places of them in it, from 0
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Part(String split, int[] places) {}

    /** The examples of a part, which share the memory of all. */
    public Examples examples(Part part, Dataset data) {
        Examples all = switch (part.split()) {
            case "train" -> data.train();
            case "validation" -> data.validation().orElseThrow();
            case "test" -> data.test();
            default -> throw new IllegalArgumentException("there is no split " + part.split());
        };
        Examples chosen = all.select(part.places());
        return chosen.labels() instanceof Labels.Classes known
                        && !known.classNames().equals(classes)
                ? new Examples(chosen.values(), renumbered(known))
                : chosen;
    }

    private Labels renumbered(Labels.Classes known) {
        return new Labels.Classes(
                classes,
                known.numbers()
                        .map(number -> classes.indexOf(known.classNames().get(number)))
                        .toArray());
    }
}
