package io.vae4j.experiments.data;

import java.util.BitSet;

/**
 * Examples some elements of which are not known, as in a table with empty cells.
 *
 * @param examples their values, with 0 where nothing is known
 * @param missing which elements are not known: the place of one among all values, row-major; shared, not copied
 */
public record IncompleteExamples(Examples examples, BitSet missing) {

    /** @throws IllegalArgumentException if an element is said to be missing that lies behind the last example */
    public IncompleteExamples {
        long elements = examples.count() * examples.values().event().size();
        if (missing.length() > elements) {
            throw new IllegalArgumentException(
                    "element " + (missing.length() - 1) + " is missing, and there are " + elements);
        }
    }

    /** Examples of which everything is known. */
    public static IncompleteExamples complete(Examples examples) {
        return new IncompleteExamples(examples, new BitSet());
    }

    /** Whether an element of an example is not known; both are counted from 0. */
    public boolean isMissing(int example, int element) {
        long place = example * examples.values().event().size() + element;
        return place <= Integer.MAX_VALUE && missing.get((int) place);
    }
}
