package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Checkpoints;

/** Who is told how training goes. */
public interface Progress {

    /** An epoch begins. */
    default void begin(int epoch, int epochs, int steps) {}

    /** A step is done. */
    default void step(int done, double runningLoss) {}

    /** The epoch and its test are done. */
    default void end(EpochResult result) {}

    /** The run is over before its last epoch, since the validation split no longer gets better. */
    default void stoppedEarly(int epoch, Checkpoints.Best best) {}

    /**
     * A checkpoint is damaged, and the run goes on from one before.
     *
     * @param damage its name and what is wrong
     */
    default void passedOver(String damage) {}

    /**
     * Others have changed something in the folder of a run that goes on.
     *
     * @param what in a sentence
     */
    default void changed(String what) {}

    /** A run that was stopped goes on after so many epochs and steps. */
    default void goingOn(int epochs, long steps) {}

    /** The run pauses before its last epoch, as it was asked to. */
    default void paused(int epoch, int epochs) {}

    /** All epochs are done, and what a process left out that ended then is made up for. */
    default void completing(int epoch) {}

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {};
    }
}
