package io.vae4j.spark.inference;

import io.vae4j.experiments.application.BatchInference;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructField;

/** What a model says of rows, as columns behind those of the user. */
interface RowAnswers extends Serializable {

    /** The columns, in their order. */
    List<StructField> columns();

    /**
     * The answers about some examples.
     *
     * @return for each example a cell for each column
     */
    Object[][] of(BatchInference inference);
}
