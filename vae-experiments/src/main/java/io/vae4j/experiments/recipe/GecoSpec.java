package io.vae4j.experiments.recipe;

import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.constrained.ReconstructionAtMost;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;

/**
 * The smallest KL with a reconstruction that is good enough.
 *
 * @param tolerance the limit of minus log p(x|z), its mean over the data, nats
 */
@Example("{kind: geco, tolerance: 20, samples: 2, multiplier: {rate: 0.01}}")
public record GecoSpec(
        @Within("[-1e7, 1e7]") double tolerance,
        @Default("1") @Within("[1, 1e5]") int samples,
        @Default("{}") MultiplierSpec multiplier)
        implements ObjectiveSpec {

    public GecoSpec {
        KeyChecks.finite("objective.tolerance", tolerance);
        KeyChecks.atLeastOne("objective.samples", samples);
    }

    @Override
    public Schedule<Objective> over(Extent extent) {
        return Schedule.constant(new Lagrangian(new ReconstructionAtMost(tolerance, samples), multiplier.ascent()));
    }

    @Override
    public Density needed() {
        return Density.AT_DRAWS;
    }
}
