package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import java.util.Set;

/**
 * Stops a training that no longer gets better on the validation split, and keeps the checkpoint of the best epoch.
 * Prechelt 1998, https://doi.org/10.1007/3-540-49430-8_3
 *
 * @param patience how many epochs may pass without a better one
 * @param metric a key of metrics.jsonl
 * @param mode which values are better
 * @param minDelta by how much an epoch must be better than the best one before it
 */
public record EarlyStoppingSpec(
        @Default("5") @Within("[1, 1e6]") int patience,
        @Default("loss") String metric,
        @Default("min") Mode mode,
        @Default("0") @Within("[0, 1e6]") double minDelta) {

    private static final Set<String> BOUNDS = Set.of("elbo", "bound");

    public EarlyStoppingSpec {
        KeyChecks.atLeastOne("train.earlyStopping.patience", patience);
        KeyChecks.notNegative("train.earlyStopping.minDelta", minDelta);
        if (mode == Mode.MIN && BOUNDS.contains(metric)) {
            throw new InvalidInput(
                    "a larger " + metric + " is better, and train.earlyStopping.mode is min",
                    "recipe",
                    "set train.earlyStopping.mode=max, or watch the loss");
        }
    }

    /** By the loss. */
    public EarlyStoppingSpec(int patience) {
        this(patience, "loss", Mode.MIN, 0);
    }

    /** Which values of a metric are better. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum Mode {
        MIN,
        MAX
    }

    /** Whether a value is better than the best one so far. */
    public boolean isBetter(double value, double best) {
        return mode == Mode.MIN ? value < best - minDelta : value > best + minDelta;
    }
}
