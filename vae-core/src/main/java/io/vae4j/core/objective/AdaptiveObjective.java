package io.vae4j.core.objective;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.vae4j.core.BatchParameters;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import java.util.List;

/**
 * An objective that changes with what it sees in training: it owns a part with a state of its own, such as a Lagrange
 * multiplier or a discriminator. To the loss, the part is a constant; it changes after each step, because it is an
 * {@code AfterStep} or a {@code SeparatelyTrained} part, or has such parts. A {@code TrainingStep} must be made with
 * the objective, owns the part's parameters and holds them in its state; another step needs an objective of its own.
 */
public interface AdaptiveObjective extends Objective {

    /** What changes; the same block as long as the objective is trained by. */
    Block part();

    /**
     * Gives the part parameters that fit a model, if it has none: DJL's initialization, with a shape [1, ...Z] for each
     * stochastic layer.
     *
     * @param owner of the parameters
     * @param terms what the model says of any batch
     */
    default void initialize(NDManager owner, BoundTerms terms) {
        if (!part().isInitialized()) {
            Shape[] latents = terms.layers().stream()
                    .map(layer -> layer.inference().latent().getShape().slice(2))
                    .map(event -> new Shape(1).addAll(event))
                    .toArray(Shape[]::new);
            part().initialize(owner, terms.logLikelihood().getDataType(), latents);
        }
    }

    /** A pass that hands out the part's parameters as constants and has no noise; what is made by it is the batch's. */
    static Pass constants(BoundTerms terms) {
        NDManager batch = terms.logLikelihood().getManager();
        BatchParameters frozen = BatchParameters.frozen(new ParameterStore(batch, false), batch);
        return Pass.evaluation(frozen, batch, Noise.given(List.of()));
    }
}
