package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Layer;
import java.util.Optional;

/**
 * The gradient with the draws held constant, {@code E_q[d/dphi f(z, phi)]}, which is not {@code d/dphi E_q[f(z, phi)]}:
 * the encoder does not learn from the likelihood at all. It is wrong on purpose, to be compared with the right ones.
 */
public record NaiveGradient() implements Estimator {

    @Override
    public Optional<String> bias(Objective objective) {
        return Optional.of("the naive gradient holds the draws constant, so that the encoder does not learn from the"
                + " likelihood; use the reparameterised estimator");
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        Evidence evidence = model.evidence(pass.with(Latents.LEAF), x, condition, objective.samples());
        NDArray loss = objective.loss(evidence.withLayers(Layer::withDensityAtLatent));
        tape.backward(loss.mean());
        return new Estimate(evidence, loss);
    }
}
