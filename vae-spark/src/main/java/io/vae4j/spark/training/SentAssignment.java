package io.vae4j.spark.training;

import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.training.WorkerAssignment;
import java.io.Serializable;
import java.util.UUID;

/**
 * An assignment on its way to executors.
 *
 * @param training tells one training from the next one in the same executors
 * @param version of the driver
 */
@SuppressWarnings("ArrayRecordComponent") // text that is handed on, never compared
record SentAssignment(String training, String version, byte[] json) implements Serializable {

    static SentAssignment of(WorkerAssignment assignment) {
        return new SentAssignment(UUID.randomUUID().toString(), BuildInfo.version(), assignment.json());
    }
}
