package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.objective.Objective;

/**
 * How a Lagrange multiplier follows the violation of its constraint: up while it is violated, down while there is room.
 *
 * <p>A model that has learned nothing yet violates every limit of a reconstruction, by far and for long. The multiplier
 * would rise by the sum of it all, and would need as much room, for longer, to come down again: {@code most} ends the
 * rise. One that stays there says that the limit cannot be met.
 *
 * @param update the form of a step
 * @param rate the length of a step, per unit of the constraint, not negative
 * @param start the multiplier before the first step, not negative, at most {@code most}
 * @param most the multiplier never exceeds it, positive
 * @param decay of the moving average of the constraint that is followed, in [0, 1); 0 follows each batch by itself
 */
public record DualAscent(Update update, double rate, double start, double most, double decay) {

    /** What {@link Update#EXPONENTIATED} keeps a multiplier above, or it would never return from 0. */
    public static final double LEAST = 1e-6;

    public DualAscent {
        Objective.requireNotNegative("rate", rate);
        Objective.requireNotNegative("start", start);
        if (!(most > LEAST) || Double.isInfinite(most)) {
            throw new IllegalArgumentException("most is " + most + "; expected a finite number above " + LEAST);
        }
        if (start > most) {
            throw new IllegalArgumentException("start is " + start + "; expected at most " + most);
        }
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "the decay of the moving average is " + decay + "; expected 0 <= decay < 1");
        }
    }

    /** The form of a step, given rate times constraint. */
    public enum Update {
        /** {@code lambda <- max(0, lambda + rate C)}: the gradient's step, back onto what is allowed. */
        PROJECTED {
            @Override
            NDArray of(NDArray multiplier, NDArray step, double most) {
                return multiplier.add(step).clip(0, most);
            }
        },
        /** {@code lambda <- lambda exp(rate C)}: the same step of its logarithm. */
        EXPONENTIATED {
            @Override
            NDArray of(NDArray multiplier, NDArray step, double most) {
                return multiplier.mul(step.exp()).clip(LEAST, most);
            }
        };

        abstract NDArray of(NDArray multiplier, NDArray step, double most);
    }

    /** The multiplier after a step. */
    NDArray after(NDArray multiplier, NDArray constraint) {
        return update.of(multiplier, Ops.scale(constraint, rate), most);
    }
}
