package io.vae4j.experiments.figure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user may choose of a figure; each figure takes what means something to it, and has defaults for the rest.
 *
 * @param seed of all that is drawn at random
 * @param examples how many test examples
 * @param samples how many samples K of each
 * @param chosen certain test examples, by their places from 0
 * @param condition a class, by its name or number
 */
public record FigureOptions(
        long seed, OptionalInt examples, OptionalInt samples, List<Integer> chosen, Optional<String> condition) {

    public FigureOptions {
        chosen = List.copyOf(chosen);
    }

    /** Nothing is chosen. */
    public static FigureOptions defaults() {
        return new FigureOptions(0, OptionalInt.empty(), OptionalInt.empty(), List.of(), Optional.empty());
    }
}
