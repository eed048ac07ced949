package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.optimiser.FusedAdam;

/** How parameters move; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = OptimiserSpec.AdamSpec.class, name = "adam"))
public sealed interface OptimiserSpec {

    /** The learning rate as a function of the steps already taken. */
    Schedule<Double> learningRate(long stepsPerEpoch);

    /** The constants of Adam. */
    FusedAdam.Settings settings();

    /**
     * Adam.
     *
     * @param learningRate the base rate
     * @param schedule how the rate moves
     */
    @Example("{kind: adam, learningRate: 0.001, schedule: {kind: constant}, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}")
    record AdamSpec(double learningRate, RateSpec schedule, double beta1, double beta2, double epsilon)
            implements OptimiserSpec {

        public AdamSpec {
            Checks.positive("optimiser.learningRate", learningRate);
            Checks.fraction("optimiser.beta1", beta1);
            Checks.fraction("optimiser.beta2", beta2);
            Checks.positive("optimiser.epsilon", epsilon);
        }

        @Override
        public Schedule<Double> learningRate(long stepsPerEpoch) {
            return schedule.factor(stepsPerEpoch).map(factor -> learningRate * factor);
        }

        @Override
        public FusedAdam.Settings settings() {
            return new FusedAdam.Settings(beta1, beta2, epsilon);
        }
    }
}
