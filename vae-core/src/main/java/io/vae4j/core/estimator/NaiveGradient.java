package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.Objective;
import java.util.Optional;

/**
 * The gradient with the samples held constant, {@code E_q[d/dphi f(z, phi)]}, which is not {@code d/dphi E_q[f(z,
 * phi)]}: the encoder does not learn from the likelihood at all. It is wrong on purpose, to be compared with the right
 * ones.
 */
public record NaiveGradient() implements GradientEstimator {

    @Override
    public Optional<String> bias(Objective objective) {
        return Optional.of("the naive gradient holds the samples constant, so that the encoder does not learn from the"
                + " likelihood; use the pathwise estimator");
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        BoundTerms terms = model.boundTerms(pass.with(Latents.LEAF), x, condition, objective.samples());
        NDArray loss = objective.loss(terms.withLayers(StochasticLayer::withDensityAtLatent));
        tape.backward(loss.mean());
        return new Estimate(terms, loss);
    }
}
