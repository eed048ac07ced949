package io.vae4j.experiments.data;

/**
 * Where some examples stand among all that are looked at: what is drawn for an example depends on its place there, be
 * the others at hand or on another machine.
 *
 * @param first the place of the first one, from 0
 * @param total how many there are altogether
 */
public record Excerpt(long first, long total) {

    /** @throws IllegalArgumentException if they do not begin among them */
    public Excerpt {
        if (first < 0 || first >= total) {
            throw new IllegalArgumentException("an excerpt of " + total + " examples cannot begin at " + first);
        }
    }

    /** All of so many examples. */
    public static Excerpt all(int examples) {
        return new Excerpt(0, examples);
    }
}
