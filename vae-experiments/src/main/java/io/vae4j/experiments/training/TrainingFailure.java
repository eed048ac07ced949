package io.vae4j.experiments.training;

/** The loss became infinite or not a number; what was saved before is intact. */
public final class TrainingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static Metrics unlessFinite(Metrics metrics) {
        if (!metrics.finite()) {
            throw new TrainingFailure(metrics);
        }
        return metrics;
    }

    private TrainingFailure(Metrics metrics) {
        super("the loss is " + metrics.loss() + " in epoch " + metrics.epoch() + ", by step " + metrics.step()
                + "; start a new run with a lower optimizer.learningRate");
    }
}
