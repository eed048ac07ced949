package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;

/** How parameters move; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface OptimizerSpec {

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
    record AdamSpec(
            @Default("1.0e-3") double learningRate,
            @Default("constant") LearningRateSchedule schedule,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1.0e-8") double epsilon)
            implements OptimizerSpec {

        public AdamSpec {
            KeyChecks.positive("optimizer.learningRate", learningRate);
            KeyChecks.fraction("optimizer.beta1", beta1);
            KeyChecks.fraction("optimizer.beta2", beta2);
            KeyChecks.positive("optimizer.epsilon", epsilon);
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
