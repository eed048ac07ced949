package io.vae4j.experiments.data;

/**
 * The examples of one split.
 *
 * @param values the events
 * @param labels what is known of each, for as many examples
 */
public record Examples(Values values, Labels labels) {

    /** @throws IllegalArgumentException if there are more labels than examples, or fewer */
    public Examples {
        if (labels.count().isPresent() && labels.count().getAsInt() != values.count()) {
            throw new IllegalArgumentException(
                    labels.count().getAsInt() + " labels for " + values.count() + " examples");
        }
    }

    /** Examples of which nothing else is known. */
    public Examples(Values values) {
        this(values, Labels.none());
    }

    /** How many there are. */
    public int count() {
        return values.count();
    }

    /** Some of them, in this order, copied. */
    public Examples select(int... indices) {
        return new Examples(values.select(indices), labels.select(indices));
    }
}
