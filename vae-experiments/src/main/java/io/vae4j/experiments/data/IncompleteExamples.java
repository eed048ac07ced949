package io.vae4j.experiments.data;

import java.util.stream.IntStream;

/**
 * Examples some elements of which are not known, as in a table with empty cells.
 *
 * @param examples their values, with 0 where nothing is known
 * @param missing which elements are not known
 */
public record IncompleteExamples(Examples examples, Missing missing) {

    /** Examples of which everything is known. */
    public static IncompleteExamples complete(Examples examples) {
        return new IncompleteExamples(examples, Missing.nothing());
    }

    /** Whether everything is known; where it is, all examples are looked at. */
    public boolean isComplete() {
        return IntStream.range(0, examples.count())
                .allMatch(example -> missing.of(example).isEmpty());
    }
}
