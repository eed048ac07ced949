package io.vae4j.experiments.recipe;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.data.DatasetSource;
import java.util.Optional;

/**
 * Which data, and what the model sees of them.
 *
 * @param set the data set
 * @param values what becomes of stored values
 * @param condition what is given beside an example
 */
public record DataSpec(
        @Default("{kind: mnist}") DatasetSource set,
        @Default("as-stored") ValueTransform values,
        @Default("none") ConditionName condition) {

    /** The same use of other data. */
    public DataSpec of(DatasetSource other) {
        return new DataSpec(other, values, condition);
    }

    /** Which values the model sees, where that is known before the data are read. */
    Optional<Support> support() {
        return set.support().map(values::support);
    }
}
