package io.vae4j.experiments.data;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** Which elements of examples are not known, such as empty cells of a table, NaN in an array, or masked pixels. */
@FunctionalInterface
public interface Missing {

    /**
     * Those of one example; the set is the caller's.
     *
     * @param example its place among the examples
     * @return their places in the event, row-major
     */
    BitSet of(int example);

    /** Where everything is known. */
    static Missing nothing() {
        return example -> new BitSet();
    }

    /** What either of two says. */
    default Missing or(Missing other) {
        return example -> {
            BitSet both = of(example);
            both.or(other.of(example));
            return both;
        };
    }

    /** The elements of an event of some size for which something holds. */
    static BitSet where(int size, IntPredicate holds) {
        BitSet missing = new BitSet(size);
        for (int element = 0; element < size; element++) {
            missing.set(element, holds.test(element));
        }
        return missing;
    }
}
