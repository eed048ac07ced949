package io.vae4j.spark.training;

import io.vae4j.experiments.InvalidInput;

/** What went wrong at the bottom of a job that Spark has given up. */
final class TaskFailure {

    private TaskFailure() {}

    /** What a task refused, as it said it; anything else as Spark says it. */
    static RuntimeException of(Exception fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInput refusal) {
                return refusal;
            }
        }
        return new IllegalStateException("a round failed on the cluster: " + fault.getMessage(), fault);
    }
}
