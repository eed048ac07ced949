package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;

/**
 * Checks that read values from the device: for tests, for the first batch of a run and for finding the cause of a loss
 * that is not finite. Constructors and {@link Distribution#logProb} check shapes only, which costs nothing.
 */
public final class Checked {

    private Checked() {}

    /**
     * The distribution itself, if every parameter is in its range.
     *
     * @throws IllegalArgumentException naming the parameter, its value, the range, and a remedy
     */
    public static <D extends Distribution> D parameters(D distribution) {
        distribution.constraints().forEach(Constraint::check);
        return distribution;
    }

    /**
     * The value itself, if the distribution has a log density there.
     *
     * @param value [B, ...event] or [K, B, ...event]
     * @throws IllegalArgumentException naming the shape or the value, what was expected, and a remedy
     */
    public static NDArray target(Distribution distribution, NDArray value) {
        Shapes.requireEvent(distribution, value);
        distribution.support().check(value);
        return value;
    }
}
