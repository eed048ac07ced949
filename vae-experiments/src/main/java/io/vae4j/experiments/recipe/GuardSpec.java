package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Within;

/**
 * When a training that has gone wrong ends. A step whose loss or gradient is not finite is left out in any case.
 *
 * @param skippedSteps after how many such steps in a row
 * @param lossGrowth when the training loss is above its first value by that many times its size
 */
public record GuardSpec(
        @Default("10") @Within("[1, 1e6]") int skippedSteps,
        @Default("1.0e+6") @Within("(0, 1e30]") double lossGrowth) {

    /** What a recipe has that does not say. */
    public static final GuardSpec DEFAULT = new GuardSpec(10, 1e6);

    public GuardSpec {
        KeyChecks.atLeastOne("train.guard.skippedSteps", skippedSteps);
        KeyChecks.positive("train.guard.lossGrowth", lossGrowth);
    }

    /** The largest loss that is not yet taken for a training that has gone wrong. */
    public double largestLoss(double first) {
        // a loss that begins near zero would bound everything
        return first + lossGrowth * Math.max(1, Math.abs(first));
    }
}
