package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Checkpoints;

/** Who is told how training goes. */
public interface Progress {

    /** An epoch begins. */
    void begin(int epoch, int epochs, int steps);

    /** A step is done. */
    void step(int done, double runningLoss);

    /** The epoch and its test are done. */
    void end(EpochResult result);

    /** The run is over before its last epoch, since the validation split no longer gets better. */
    default void stoppedEarly(int epoch, Checkpoints.Best best) {}

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void begin(int epoch, int epochs, int steps) {}

            @Override
            public void step(int done, double runningLoss) {}

            @Override
            public void end(EpochResult result) {}
        };
    }
}
