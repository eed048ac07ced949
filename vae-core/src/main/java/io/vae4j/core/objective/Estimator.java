package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;

/** How the gradient of an objective is estimated; it accumulates in the parameters. */
public interface Estimator {

    /**
     * One forward and backward pass over a batch.
     *
     * @param tape open around this call
     * @param x [B, ...X]
     * @return the evidence and the loss, for the log; both belong to the pass
     */
    Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective);

    /**
     * What a backward pass leaves for the log.
     *
     * @param loss [B], nats
     */
    record Estimate(Evidence evidence, NDArray loss) {}
}
