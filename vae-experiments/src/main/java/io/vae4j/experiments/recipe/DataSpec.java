package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.ValidationShare;
import io.vae4j.experiments.data.WithoutClasses;
import java.util.List;

/**
 * Which data, and what the model sees of them.
 *
 * @param set the data set
 * @param values what becomes of stored values
 * @param condition what is given beside an example
 * @param validationShare the share of the training examples that is set aside to validate by; 0 for none
 * @param withoutClasses the names of classes whose examples are left out of all splits
 */
public record DataSpec(
        @Default("{kind: mnist}") DatasetSource set,
        @Default("as-stored") ValueTransform values,
        @Default("none") ConditionName condition,
        @Default("0") @Within("[0, 1)") double validationShare,
        @Default("[]") @Example("[\"7\"]") List<String> withoutClasses) {

    public DataSpec {
        KeyChecks.fraction("data.validationShare", validationShare);
        withoutClasses = List.copyOf(withoutClasses);
    }

    /** The same use of other data. */
    public DataSpec of(DatasetSource other) {
        return new DataSpec(other, values, condition, validationShare, withoutClasses);
    }

    /** The same data with another share to validate by. */
    public DataSpec validating(double share) {
        return new DataSpec(set, values, condition, share, withoutClasses);
    }

    /**
     * Reads the data, in the splits that a model is trained and tested on.
     *
     * @throws io.vae4j.experiments.InvalidInput if they cannot be had, or not so
     */
    public Dataset load(DataAccess access) {
        return split(set.load(access));
    }

    /** As {@link #load(DataAccess)}, in the form of a run's data. */
    public Dataset load(DataAccess access, DataSummary form) {
        return split(set.load(access, form));
    }

    /**
     * Data that were read, in the splits that a model is trained and tested on.
     *
     * @throws io.vae4j.experiments.InvalidInput if they cannot be split so
     */
    public Dataset split(Dataset loaded) {
        Dataset chosen = withoutClasses.isEmpty() ? loaded : WithoutClasses.of(loaded, withoutClasses);
        return validationShare == 0 ? chosen : ValidationShare.of(chosen, validationShare);
    }
}
