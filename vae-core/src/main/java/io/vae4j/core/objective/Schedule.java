package io.vae4j.core.objective;

import java.util.function.Function;

/** A value as a pure function of the step, so that a resumed run follows the same schedule with no state to save. */
@FunctionalInterface
public interface Schedule<T> {

    /** @param step the number of steps already taken, 0 for the first */
    T at(long step);

    /** The same value at every step. */
    static <T> Schedule<T> constant(T value) {
        return step -> value;
    }

    /** From one value to another in a straight line over some steps, and constant afterwards. */
    static Schedule<Double> linear(double from, double to, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("the number of steps is " + steps + "; expected at least 1");
        }
        return step -> from + (to - from) * Math.min(1, (double) step / steps);
    }

    /**
     * Another schedule made of this one: {@code linear(0, 1, 10_000).map(beta -> new Elbo(beta, 1))} warms the KL up.
     */
    default <R> Schedule<R> map(Function<? super T, ? extends R> function) {
        return step -> function.apply(at(step));
    }
}
