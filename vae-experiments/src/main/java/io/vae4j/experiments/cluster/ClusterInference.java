package io.vae4j.experiments.cluster;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Puts a question to a trained model about each row of a table on a cluster; found by Java's ServiceLoader. */
public interface ClusterInference {

    /**
     * Writes the rows with their answers.
     *
     * @param told a line about what is remarkable, at once
     * @return what is to be said of all rows together, in lines
     * @throws InvalidInput if the task is wrong: its run, its table, or a row of it
     * @throws IOException if the cluster cannot be reached, or fails
     */
    List<String> answer(InferenceTask task, Consumer<String> told) throws IOException;
}
