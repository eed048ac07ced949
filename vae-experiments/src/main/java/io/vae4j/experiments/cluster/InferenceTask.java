package io.vae4j.experiments.cluster;

import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.run.CheckpointChoice;
import java.util.Optional;

/**
 * A question to a trained model about each row of a table.
 *
 * @param master the cluster, as Spark writes it, such as {@code spark://host:7077}
 * @param run the run folder, a path or an address that Hadoop knows
 * @param weights which of the run's
 * @param device of each executor
 * @param data the Parquet files, a path or an address that Hadoop knows
 * @param out where the rows with their answers go, in the same way
 * @param examples how many rows, from the first one on; empty for all
 * @param condition the class that all rows are said to be of, by name or number; empty for each one's own
 * @param seed of the binarization and the samples
 */
public record InferenceTask(
        String master,
        RowQuestion question,
        String run,
        CheckpointChoice weights,
        DeviceRequest device,
        String data,
        RowColumns columns,
        String out,
        Optional<Integer> examples,
        Optional<String> condition,
        long seed) {}
