package io.vae4j.experiments.cluster;

import java.util.Optional;

/**
 * The columns of a table that matter to a model.
 *
 * @param values an array of numbers or a picture; empty for the only column that can be meant, or for a run that was
 *     trained on the columns of a table
 * @param labels the class of a row, which a conditional model is given
 * @param index whole numbers from 0 that choose what is drawn for a row; empty for the place in Parquet files
 */
public record RowColumns(Optional<String> values, Optional<String> labels, Optional<String> index) {

    /** Those that can be found without being named. */
    public static RowColumns found() {
        return new RowColumns(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
