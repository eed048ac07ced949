package io.vae4j.experiments.recipe;

import io.vae4j.core.constrained.KlAtMost;
import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.util.Optional;

/**
 * The best reconstruction with a KL of at most delta: the beta-VAE, whose beta is the multiplier.
 *
 * @param delta the limit of the KL's mean over the data, nats
 */
@Example("{kind: constrained-kl, delta: 2, samples: 2, multiplier: {rate: 0.01}}")
public record ConstrainedKlSpec(
        @Within("[0, 1e6]") double delta,
        @Default("1") @Within("[1, 1e5]") int samples,
        @Default("{}") MultiplierSpec multiplier)
        implements ObjectiveSpec {

    public ConstrainedKlSpec {
        KeyChecks.notNegative("objective.delta", delta);
        KeyChecks.atLeastOne("objective.samples", samples);
    }

    @Override
    public Schedule<Objective> over(Extent extent) {
        return Schedule.constant(new Lagrangian(new KlAtMost(delta, samples), multiplier.ascent()));
    }

    @Override
    public Density needed() {
        return Density.AT_DRAWS;
    }

    @Override
    public Optional<String> incompatibility(ModelSpec model) {
        return model.hasCodes()
                ? Optional.of("constrained-kl limits the KL, which for codes is the rate of a grid that the encoder"
                        + " cannot lower; use objective=elbo, or model.kind=vae")
                : ObjectiveSpec.super.incompatibility(model);
    }
}
