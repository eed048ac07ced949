package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.data.DatasetSource;

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
}
