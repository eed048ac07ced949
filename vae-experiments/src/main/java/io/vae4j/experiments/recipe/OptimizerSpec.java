package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.util.Optional;

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
     * @param clipNorm the largest norm of all gradients together; none where it is left out
     */
    @Example("{kind: adam, learningRate: 0.001, schedule: {kind: constant}, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}")
    record AdamSpec(
            @Default("1.0e-3") @Within("(0, 1]") double learningRate,
            @Default("constant") LearningRateSchedule schedule,
            @Default("0.9") @Within("[0, 1)") double beta1,
            @Default("0.999") @Within("[0, 1)") double beta2,
            @Default("1.0e-8") @Within("(0, 1]") double epsilon,
            @Default("null") @Within("(0, 1e9]") Optional<Double> clipNorm)
            implements OptimizerSpec {

        public AdamSpec {
            KeyChecks.positive("optimizer.learningRate", learningRate);
            KeyChecks.fraction("optimizer.beta1", beta1);
            KeyChecks.fraction("optimizer.beta2", beta2);
            KeyChecks.positive("optimizer.epsilon", epsilon);
            clipNorm.ifPresent(norm -> KeyChecks.positive("optimizer.clipNorm", norm));
        }

        @Override
        public Schedule<Double> learningRate(long stepsPerEpoch) {
            return schedule.factor(stepsPerEpoch).map(factor -> learningRate * factor);
        }

        @Override
        public FusedAdam.Settings settings() {
            FusedAdam.Settings plain = new FusedAdam.Settings(beta1, beta2, epsilon);
            return clipNorm.map(plain::withClipNorm).orElse(plain);
        }
    }

    /**
     * AdamW: Adam whose weights decay by themselves, {@code theta <- (1 - rate weightDecay) theta}, but for biases.
     *
     * @param learningRate the base rate
     * @param schedule how the rate moves
     * @param weightDecay torch's default is 0.01
     * @param clipNorm the largest norm of all gradients together; none where it is left out
     */
    @Example("{kind: adamw, learningRate: 0.001, weightDecay: 0.05, clipNorm: 1}")
    record AdamWSpec(
            @Default("1.0e-3") @Within("(0, 1]") double learningRate,
            @Default("constant") LearningRateSchedule schedule,
            @Default("0.9") @Within("[0, 1)") double beta1,
            @Default("0.999") @Within("[0, 1)") double beta2,
            @Default("1.0e-8") @Within("(0, 1]") double epsilon,
            @Default("0.01") @Within("[0, 10]") double weightDecay,
            @Default("null") @Within("(0, 1e9]") Optional<Double> clipNorm)
            implements OptimizerSpec {

        public AdamWSpec {
            KeyChecks.notNegative("optimizer.weightDecay", weightDecay);
            // the other keys are Adam's
            new AdamSpec(learningRate, schedule, beta1, beta2, epsilon, clipNorm).settings();
        }

        @Override
        public Schedule<Double> learningRate(long stepsPerEpoch) {
            return adam().learningRate(stepsPerEpoch);
        }

        @Override
        public FusedAdam.Settings settings() {
            return adam().settings().withWeightDecay(weightDecay);
        }

        private AdamSpec adam() {
            return new AdamSpec(learningRate, schedule, beta1, beta2, epsilon, clipNorm);
        }
    }
}
