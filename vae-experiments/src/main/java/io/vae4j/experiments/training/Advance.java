package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.Consumer;

/** How a training goes from step to step. */
interface Advance {

    /**
     * The steps of an epoch.
     *
     * @param epoch from 1
     * @param sums take what is measured of them
     * @param lastGradients is given those of the epoch's last step, by the names of their parameters, where one process
     *     takes that step
     */
    EpochSteps of(int epoch, MetricAccumulator sums, Consumer<Map<String, NDArray>> lastGradients);

    /** Which of what can be measured is. */
    MetricAccumulator.Kept measured();

    /** How many of the latest steps changed nothing; this waits for the device. */
    long skippedInARow();

    /** How many examples of an epoch so many of its steps see, all of them together. */
    long seen(int done);
}
