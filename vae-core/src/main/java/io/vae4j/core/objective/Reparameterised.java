package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;

/**
 * The reparameterisation trick: z = h(eps, x, phi), and one backward pass through the draws. Kingma and Welling 2014,
 * section 2.4, https://arxiv.org/abs/1312.6114
 */
public record Reparameterised() implements Estimator {

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        Evidence evidence = model.evidence(pass, x, condition, objective.samples());
        NDArray loss = objective.loss(evidence);
        tape.backward(loss.mean());
        return new Estimate(evidence, loss);
    }
}
