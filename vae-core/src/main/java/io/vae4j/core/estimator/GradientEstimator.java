package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import java.util.Optional;

/** How the gradient of an objective is estimated; it accumulates in the parameters. */
public interface GradientEstimator {

    /**
     * One forward and backward pass over a batch.
     *
     * @param tape open around this call
     * @param x [B, ...X]
     * @return the terms and the loss, for the log; both belong to the pass
     */
    Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective);

    /** Why this estimator cannot serve an objective; empty where it can. */
    default Optional<String> incompatibility(Objective objective) {
        return Optional.empty();
    }

    /**
     * Why the mean of this estimator is not the gradient of an objective that it serves; empty where it is unbiased. A
     * recipe refuses a biased one; code of one's own may study it.
     */
    default Optional<String> bias(Objective objective) {
        return Optional.empty();
    }

    /** Fails with the reason where an estimator cannot serve an objective, which it returns otherwise. */
    static Objective check(GradientEstimator estimator, Objective objective) {
        estimator.incompatibility(objective).ifPresent(reason -> {
            throw new IllegalArgumentException(reason + "; the objective is " + objective);
        });
        return objective;
    }

    /**
     * The terms and the loss that a backward pass was taken of, for the log.
     *
     * @param loss [B], nats
     */
    record Estimate(BoundTerms terms, NDArray loss) {

        /** The mean loss over the batch, nats per example; this waits for the device. */
        public float meanLoss() {
            try (NDArray mean = loss.mean()) {
                return mean.toType(DataType.FLOAT32, false).getFloat();
            }
        }
    }
}
