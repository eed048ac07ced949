package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Layer;
import java.util.Optional;

/**
 * The reparameterised gradient without its score term {@code -d/dphi log q(z; phi)} at fixed z, whose mean is zero
 * under the ELBO: the gradient has no variance where q is the exact posterior. The encoder's parameters inside log q
 * are held constant; its inputs are not, since in a deep model they are draws. Under {@link Iwae} with k > 1 the
 * dropped term has a mean, and the encoder's gradient is biased: use {@link DoublyReparameterised} there. The KL is
 * taken by the draws. Roeder et al. 2017, section 3, https://arxiv.org/abs/1703.09194
 */
public record StickingTheLanding() implements Estimator {

    @Override
    public Optional<String> refusal(Objective objective) {
        return objective.klForm() == Objective.KlForm.ANY
                ? Optional.empty()
                : Optional.of("sticking-the-landing takes the KL by the draws, and this objective has a form of its"
                        + " own; use the reparameterised estimator");
    }

    /** The dropped score has the mean zero only if each draw weighs the same whatever it is. */
    @Override
    public Optional<String> bias(Objective objective) {
        return objective instanceof WeightedBound bound && !bound.weighsDrawsEqually()
                ? Optional.of("sticking-the-landing is biased where draws are weighed by their importance; use the"
                        + " doubly reparameterised estimator, which is the same for the ELBO")
                : Optional.empty();
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        Estimator.check(this, objective);
        Evidence evidence = model.evidence(pass, x, condition, objective.samples());
        NDArray loss = objective.loss(evidence.withLayers(Layer::withFrozenDensity));
        tape.backward(loss.mean());
        return new Estimate(evidence, loss);
    }
}
