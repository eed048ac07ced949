package io.vae4j.experiments.training.localsgd;

import java.io.Serializable;

/**
 * All that a training goes on from, as one row of numbers on the host: parameters, what changes without an optimizer
 * (multipliers, moving averages), the optimizers' moments, and averaged weights where a run keeps them; in the order of
 * their names, which is the same for all who train the same model. Nobody writes into the row.
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are handed on, never compared
public record TrainingState(float[] numbers) implements Serializable {

    /** How much has to travel for it. */
    public long bytes() {
        return (long) numbers.length * Float.BYTES;
    }
}
