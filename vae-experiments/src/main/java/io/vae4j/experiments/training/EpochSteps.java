package io.vae4j.experiments.training;

import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.run.Measurement;
import java.util.function.Consumer;

/** The steps of one epoch, be they taken one after another or by workers in rounds. */
interface EpochSteps {

    /**
     * Takes what comes next, after which model and optimizer are fit to be kept.
     *
     * @param done steps of the epoch so far
     * @return how many are done then
     */
    int advance(int done);

    /**
     * Takes a step once more, to look at what it goes by.
     *
     * @param latest steps of the epoch before it
     */
    void again(int latest, Consumer<TrainingStep.Inputs> taking);

    /** Adds what is known of how the steps were taken. */
    Measurement told(Measurement measured);
}
