package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;

/** The loss became infinite or not a number; what was saved before is intact. */
public final class TrainingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static Measurement unlessFinite(Measurement measurement) {
        if (measurement.value(StandardMetrics.LOSS).isEmpty()) {
            throw new TrainingFailure(measurement);
        }
        return measurement;
    }

    private TrainingFailure(Measurement measurement) {
        super("the loss is " + measurement.values().get(StandardMetrics.LOSS.key()) + " in epoch "
                + measurement.epoch() + ", by step " + measurement.step()
                + "; start a new run with a lower optimizer.learningRate");
    }
}
