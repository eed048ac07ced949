package io.vae4j.experiments.recipe;

import io.vae4j.core.objective.DipVae;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.util.Optional;

/**
 * The ELBO with a penalty where latents are correlated over the data, or not of unit variance.
 *
 * @param variant whose covariance is driven to the identity: that of the posteriors' means, or that of z
 * @param offDiagonal the weight of the squared covariances
 * @param diagonal the weight of the squared distances of the variances from 1
 */
@Example("{kind: dip-vae, variant: ii, offDiagonal: 10, diagonal: 10}")
public record DipVaeSpec(
        DipVae.Variant variant,
        @Within("[0, 1e5]") double offDiagonal,
        @Within("[0, 1e5]") double diagonal) implements ObjectiveSpec {

    private static final String KIND = "dip-vae";

    public DipVaeSpec {
        KeyChecks.notNegative("objective.offDiagonal", offDiagonal);
        KeyChecks.notNegative("objective.diagonal", diagonal);
    }

    @Override
    public Schedule<Objective> over(Extent extent) {
        return Schedule.constant(new DipVae(variant, offDiagonal, diagonal));
    }

    @Override
    public Optional<String> incompatibility(ModelSpec model) {
        return ObjectiveRequirements.factorizedLayer(KIND, model);
    }

    @Override
    public Optional<String> incompatibility(TrainSpec train) {
        return ObjectiveRequirements.severalExamples(KIND, train);
    }
}
