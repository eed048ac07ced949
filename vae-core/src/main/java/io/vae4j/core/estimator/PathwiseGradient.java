package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;

/**
 * The reparameterization trick: z = h(eps, x, phi), and one backward pass through the samples. Kingma and Welling 2014,
 * section 2.4, https://arxiv.org/abs/1312.6114
 */
public record PathwiseGradient() implements GradientEstimator {

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        BoundTerms terms = model.boundTerms(pass, x, condition, objective.samples());
        NDArray loss = objective.loss(terms);
        tape.backward(loss.mean());
        return new Estimate(terms, loss);
    }
}
