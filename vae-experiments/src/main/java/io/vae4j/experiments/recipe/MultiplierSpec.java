package io.vae4j.experiments.recipe;

import io.vae4j.core.constrained.DualAscent;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Within;

/**
 * How the multiplier of a constraint finds its value.
 *
 * @param update the form of a step
 * @param rate the length of a step, per nat of violation
 * @param start the multiplier before the first step
 * @param most it never exceeds this; one that stays there says that the limit cannot be met
 * @param decay of the moving average of the constraint that is followed; 0 follows each batch by itself
 */
public record MultiplierSpec(
        @Default("exponentiated") DualAscent.Update update,
        @Default("1.0e-3") @Within("[0, 10]") double rate,
        @Default("1") @Within("[0, 1e9]") double start,
        @Default("100") @Within("(0, 1e9]") double most,
        @Default("0.99") @Within("[0, 1)") double decay) {

    public MultiplierSpec {
        KeyChecks.notNegative("objective.multiplier.rate", rate);
        KeyChecks.within("objective.multiplier.most", most, 2 * DualAscent.LEAST, Float.MAX_VALUE);
        KeyChecks.within("objective.multiplier.start", start, 0, most);
        KeyChecks.fraction("objective.multiplier.decay", decay);
    }

    DualAscent ascent() {
        return new DualAscent(update, rate, start, most, decay);
    }
}
