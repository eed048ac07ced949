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
     * From one value to another along half a cosine, {@code to + (from - to) (1 + cos(pi t / steps)) / 2}, and constant
     * afterwards. Loshchilov and Hutter 2017, eq. 5, https://arxiv.org/abs/1608.03983
     */
    static Schedule<Double> cosine(double from, double to, long steps) {
        return linear(0, 1, steps).map(t -> to + (from - to) * (1 + Math.cos(Math.PI * t)) / 2);
    }

    /**
     * A rate that rises in a straight line, {@code (t + 1) / steps} of where the other schedule begins, and then that
     * schedule from its start. Goyal et al. 2017, section 2.2, https://arxiv.org/abs/1706.02677
     */
    static Schedule<Double> warmUp(long steps, Schedule<Double> then) {
        Schedule<Double> rise = linear(0, then.at(0), steps);
        return step -> step < steps ? rise.at(step + 1) : then.at(step - steps);
    }

    /**
     * Another schedule made of this one: {@code linear(0, 1, 10_000).map(beta -> new Elbo(beta, 1))} warms the KL up.
     */
    default <R> Schedule<R> map(Function<? super T, ? extends R> function) {
        return step -> function.apply(at(step));
    }
}
