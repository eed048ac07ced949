package io.vae4j.core.objective;

/** A value as a pure function of the step, so that a resumed run follows the same schedule with no state to save. */
@FunctionalInterface
public interface Schedule<T> {

    /** @param step the number of steps already taken, 0 for the first */
    T at(long step);

    /** The same value at every step. */
    static <T> Schedule<T> constant(T value) {
        return step -> value;
    }
}
