package io.vae4j.experiments.training;

import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;

/**
 * How a training changes from step to step.
 *
 * @param objective of each step, 0 being the first
 * @param rate of learning
 */
record Course(Schedule<Objective> objective, Schedule<Double> rate, int stepsPerEpoch) {

    /** How many steps there are up to the end of an epoch. */
    long stepsTaken(int epoch) {
        return (long) epoch * stepsPerEpoch;
    }

    /** The objective of an epoch's last step, by which what is held out is measured. */
    Objective objectiveAfter(int epoch) {
        return objective.at(Math.max(0, stepsTaken(epoch) - 1));
    }
}
