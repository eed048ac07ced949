package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import io.vae4j.experiments.output.Column;
import java.util.List;
import java.util.Map;

/** What a model is asked about each example, and the columns of the answers. */
public interface Question {

    /** How many examples a picture shows side by side where the question does not say. */
    int ACROSS = 16;

    /** The columns of the answers, one row for each example. */
    List<Column> columns();

    /**
     * The answers for some examples.
     *
     * @return by the names of the columns, each [B, ...row], owned by the batch
     */
    Map<String, NDArray> answers(ExampleBatch batch);

    /** How many examples a picture shows side by side. */
    default int across() {
        return ACROSS;
    }
}
