package io.vae4j.experiments.training;

/** The loss became infinite or not a number; what was saved before is intact. */
public final class TrainingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingFailure(Metrics metrics) {
        super("the loss is " + metrics.loss() + " in epoch " + metrics.epoch() + ", by step " + metrics.step()
                + "; lower optimiser.learningRate, or resume from the last checkpoint with another recipe");
    }
}
