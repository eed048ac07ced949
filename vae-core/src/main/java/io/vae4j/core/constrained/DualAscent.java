package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.objective.Objective;

/**
 * How a Lagrange multiplier follows the violation of its constraint: up while it is violated, down while there is room.
 *
 * @param update the form of a step
 * @param rate the length of a step, per unit of the constraint, not negative
 * @param start the multiplier before the first step, not negative
 * @param decay of the moving average of the constraint that is followed, in [0, 1); 0 follows each batch by itself
 */
public record DualAscent(Update update, double rate, double start, double decay) {

    /** What {@link Update#EXPONENTIATED} keeps a multiplier above, or it would never return from 0. */
    public static final double LEAST = 1e-6;

    /** What {@link Update#EXPONENTIATED} keeps a multiplier below, or it would overflow. */
    public static final double MOST = 1e6;

    public DualAscent {
        Objective.requireNotNegative("rate", rate);
        Objective.requireNotNegative("start", start);
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "the decay of the moving average is " + decay + "; expected 0 <= decay < 1");
        }
    }

    /** The form of a step, given the multiplier and rate times constraint. */
    public enum Update {
        /** {@code lambda <- max(0, lambda + rate C)}: the gradient's step, back onto what is allowed. */
        PROJECTED {
            @Override
            NDArray of(NDArray multiplier, NDArray step) {
                return multiplier.add(step).maximum(Ops.scalar(multiplier, 0));
            }
        },
        /**
         * {@code lambda <- lambda exp(rate C)}, from {@link #LEAST} to {@link #MOST}: the same step of its logarithm.
         */
        EXPONENTIATED {
            @Override
            NDArray of(NDArray multiplier, NDArray step) {
                return multiplier.mul(step.exp()).clip(LEAST, MOST);
            }
        };

        abstract NDArray of(NDArray multiplier, NDArray step);
    }

    /** The multiplier after a step. */
    NDArray after(NDArray multiplier, NDArray constraint) {
        return update.of(multiplier, Ops.scale(constraint, rate));
    }
}
