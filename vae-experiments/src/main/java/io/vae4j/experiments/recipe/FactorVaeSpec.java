package io.vae4j.experiments.recipe;

import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.adversarial.Discriminator;
import io.vae4j.models.adversarial.FactorVae;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.Optional;

/**
 * The ELBO with gamma times the total correlation, which a discriminator estimates.
 *
 * @param gamma the weight of the total correlation
 * @param discriminator what learns to tell latents from shuffled ones; by default the paper's
 */
@Example("{kind: factor-vae, gamma: 6.4, discriminator: {hidden: [8, 8], learningRate: 0.001}}")
public record FactorVaeSpec(
        @Within("[0, 1e4]") double gamma, @Default("{}") DiscriminatorSpec discriminator) implements ObjectiveSpec {

    private static final String KIND = "factor-vae";

    public FactorVaeSpec {
        KeyChecks.notNegative("objective.gamma", gamma);
    }

    /**
     * A discriminator and its Adam.
     *
     * @param hidden the widths of its layers
     */
    public record DiscriminatorSpec(
            @Default("[1000, 1000, 1000, 1000, 1000, 1000]") List<Integer> hidden,
            @Default("1.0e-4") @Within("(0, 1]") double learningRate,
            @Default("0.5") @Within("[0, 1)") double beta1,
            @Default("0.9") @Within("[0, 1)") double beta2,
            @Default("1.0e-8") @Within("(0, 1]") double epsilon) {

        public DiscriminatorSpec {
            hidden = KeyChecks.eachAtLeastOne("objective.discriminator.hidden", hidden);
            KeyChecks.positive("objective.discriminator.learningRate", learningRate);
            KeyChecks.fraction("objective.discriminator.beta1", beta1);
            KeyChecks.fraction("objective.discriminator.beta2", beta2);
            KeyChecks.positive("objective.discriminator.epsilon", epsilon);
        }

        Discriminator discriminator() {
            FusedAdam.Settings adam = new FusedAdam.Settings(beta1, beta2, epsilon);
            return new Discriminator(hidden, new Discriminator.Learning(adam, learningRate), Initialization.HE_NORMAL);
        }
    }

    @Override
    public Schedule<Objective> over(Extent extent) {
        return Schedule.constant(new FactorVae(gamma, discriminator.discriminator()));
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
