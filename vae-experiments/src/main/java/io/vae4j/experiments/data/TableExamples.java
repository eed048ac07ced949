package io.vae4j.experiments.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Makes examples of the rows of a table.
 *
 * @param form of the columns; where it is empty, numbers are taken as they are
 * @param classes that the labels are among; none where no labels are wanted
 */
record TableExamples(Optional<TableForm> form, ClassNames classes) {

    /** The rows as examples, whose empty cells are missing. */
    IncompleteExamples of(CsvTable table) {
        TableRows rows = TableRows.of(table, form);
        Values values = Values.of(rows, DataType.FLOAT32, new Shape(rows.places().length));
        return new IncompleteExamples(
                new Examples(values, classes.labels(table.labels().orElse(List.of()))), rows);
    }
}
