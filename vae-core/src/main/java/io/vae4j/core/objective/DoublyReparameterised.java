package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The doubly reparameterised gradient of the importance-weighted bound (DReG): {@code sum_i w~_i^2 (dlog w_i / dz_i)
 * (dz_i / dphi)} for the encoder, whose signal does not drown in noise as k grows, and the ordinary {@code sum_i w~_i
 * dlog w_i / dtheta} for the decoder and the prior, even where a prior uses the encoder. Tucker et al. 2019, eq. 8,
 * https://arxiv.org/abs/1810.04152
 *
 * <p>One forward pass in which everything downstream of a draw sees a leaf copy of it, and log q holds its parameters
 * constant. The first walk back ends at the leaves and gives decoder and prior their gradient. What it left at the
 * leaves is weighed by w~ once more and goes on through the draws, the layer that was inferred last first: a draw h2 ~
 * q(h2|h1) hands its gradient back to the leaf of h1, which passes on the sum of both.
 */
public record DoublyReparameterised() implements Estimator {

    @Override
    public Optional<String> refusal(Objective objective) {
        return objective instanceof WeightedBound
                ? Optional.empty()
                : Optional.of("the doubly reparameterised gradient is one of an importance-weighted bound; use"
                        + " sticking-the-landing, which is the same for the ELBO");
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        WeightedBound bound = (WeightedBound) Estimator.check(this, objective);
        Evidence evidence = model.evidence(pass.with(Latents.LEAF), x, condition, bound.samples());
        refuse(evidence);
        NDArray logWeight = evidence.withLayers(Layer::withFrozenDensity).logWeight();
        NDArray loss = bound.bound(logWeight).neg();
        NDArray mean = loss.mean();
        Gradients.backward(mean, Ops.scalar(mean, 1));
        pushThroughDraws(evidence.inferred(), bound.pathFactor(logWeight.stopGradient()));
        return new Estimate(evidence, loss);
    }

    private static void refuse(Evidence evidence) {
        if (evidence.penalty().isPresent()) {
            throw new IllegalStateException("the posterior adds a penalty of its own, which depends on the encoder but"
                    + " not on the draws' weights; use the reparameterised estimator");
        }
    }

    private static void pushThroughDraws(List<Layer> layers, NDArray factor) {
        for (Layer layer : layers) {
            NDArray gradient = layer.inference().latent().getGradient();
            gradient.muli(overEvents(factor, gradient.getShape()));
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            Inference inference = layers.get(i).inference();
            Gradients.backward(inference.draw().value(), inference.latent().getGradient());
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
