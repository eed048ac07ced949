package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.core.objective.Objective;
import java.util.List;
import java.util.Optional;

/**
 * The doubly reparameterized gradient of the importance-weighted bound (DReG): {@code sum_i w~_i^2 (dlog w_i / dz_i)
 * (dz_i / dphi)} for the encoder, whose signal does not drown in noise as k grows, and the ordinary {@code sum_i w~_i
 * dlog w_i / dtheta} for the decoder and the prior, even where a prior uses the encoder. Tucker et al. 2019, eq. 8,
 * https://arxiv.org/abs/1810.04152
 *
 * <p>One forward pass in which everything downstream of a sample sees a leaf copy of it, and log q holds its parameters
 * constant. The first walk back ends at the leaves and gives decoder and prior their gradient. What it left at the
 * leaves is weighed by w~ once more and goes on through the samples, the layer that was inferred last first: a sample
 * h2 ~ q(h2|h1) hands its gradient back to the leaf of h1, which passes on the sum of both.
 */
public record DoublyReparameterized() implements GradientEstimator {

    @Override
    public Optional<String> incompatibility(Objective objective) {
        return objective instanceof ImportanceWeightedObjective
                ? Optional.empty()
                : Optional.of("the doubly reparameterized gradient is one of an importance-weighted bound; use"
                        + " sticking-the-landing, which is the same for the ELBO");
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        ImportanceWeightedObjective bound = (ImportanceWeightedObjective) GradientEstimator.check(this, objective);
        BoundTerms terms = model.boundTerms(pass.with(Latents.LEAF), x, condition, bound.samples());
        refuse(terms);
        NDArray logWeight = terms.withLayers(StochasticLayer::withFrozenDensity).logWeight();
        NDArray loss = bound.bound(logWeight).neg();
        NDArray mean = loss.mean();
        Gradients.backward(mean, Ops.scalar(mean, 1));
        pushThroughSamples(terms.inferred(), bound.pathFactor(logWeight.stopGradient()));
        return new Estimate(terms, loss);
    }

    private static void refuse(BoundTerms terms) {
        if (terms.penalty().isPresent()) {
            throw new IllegalStateException("the posterior adds a penalty of its own, which depends on the encoder but"
                    + " not on the samples' weights; use the pathwise estimator");
        }
    }

    private static void pushThroughSamples(List<StochasticLayer> layers, NDArray factor) {
        for (StochasticLayer layer : layers) {
            NDArray gradient = layer.inference().latent().getGradient();
            gradient.muli(overEvents(factor, gradient.getShape()));
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            Inference inference = layers.get(i).inference();
            Gradients.backward(inference.sample().value(), inference.latent().getGradient());
        }
    }

    /** [K, B, 1, ..., 1]. */
    private static NDArray overEvents(NDArray factor, Shape latent) {
        Shape shape = latent.slice(0, 2);
        for (int i = 2; i < latent.dimension(); i++) {
            shape = shape.add(1);
        }
        return factor.reshape(shape);
    }
}
