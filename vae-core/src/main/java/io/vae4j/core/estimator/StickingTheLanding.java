package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import java.util.Optional;

/**
 * The pathwise gradient without its score term {@code -d/dphi log q(z; phi)} at fixed z, whose mean is zero under the
 * ELBO: the gradient has no variance where q is the exact posterior. The encoder's parameters inside log q are held
 * constant; its inputs are not, since in a deep model they are samples. Under {@link Iwae} with k > 1 the dropped term
 * has a mean, and the encoder's gradient is biased: use {@link DoublyReparameterized} there. The KL is taken by the
 * samples. Roeder et al. 2017, section 3, https://arxiv.org/abs/1703.09194
 */
public record StickingTheLanding() implements GradientEstimator {

    @Override
    public Optional<String> incompatibility(Objective objective) {
        return objective.klForm() == Objective.KlForm.ANY
                ? Optional.empty()
                : Optional.of("sticking-the-landing takes the KL by the samples, and this objective has a form of its"
                        + " own; use the pathwise estimator");
    }

    /** The dropped score has the mean zero only if each sample weighs the same whatever it is. */
    @Override
    public Optional<String> bias(Objective objective) {
        return objective instanceof ImportanceWeightedObjective bound && !bound.weighsSamplesEqually()
                ? Optional.of("sticking-the-landing is biased where samples are weighed by their importance; use the"
                        + " doubly reparameterized estimator, which is the same for the ELBO")
                : Optional.empty();
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        GradientEstimator.check(this, objective);
        BoundTerms terms = model.boundTerms(pass, x, condition, objective.samples());
        NDArray loss = objective.loss(terms.withLayers(StochasticLayer::withFrozenDensity));
        tape.backward(loss.mean());
        return new Estimate(terms, loss);
    }
}
