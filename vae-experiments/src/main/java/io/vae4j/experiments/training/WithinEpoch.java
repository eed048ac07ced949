package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;

/** Who keeps what an epoch has reached between two of its steps, and goes on from there. */
interface WithinEpoch {

    /**
     * How many steps of the epoch are done already; what was measured of them is written into the metrics.
     *
     * @param sums of an epoch that begins
     * @param scratch owns what is read on the way
     */
    int restore(MetricAccumulator sums, NDManager scratch);

    /**
     * Called after each step.
     *
     * @param done steps of the epoch
     */
    void stepped(int done, MetricAccumulator sums) throws IOException;

    /** Called before the run stops, as it was asked to. */
    void stopping(int done, MetricAccumulator sums) throws IOException;

    /** Of those who keep nothing. */
    static WithinEpoch unkept() {
        return new WithinEpoch() {
            @Override
            public int restore(MetricAccumulator sums, NDManager scratch) {
                return 0;
            }

            @Override
            public void stepped(int done, MetricAccumulator sums) {}

            @Override
            public void stopping(int done, MetricAccumulator sums) {}
        };
    }
}
