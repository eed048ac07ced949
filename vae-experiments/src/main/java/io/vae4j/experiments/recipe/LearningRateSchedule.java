package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import java.util.List;
import java.util.Optional;

/** How the learning rate moves over the epochs; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface LearningRateSchedule {

    /** What the base rate is multiplied by, as a function of the steps already taken. */
    Schedule<Double> factor(long stepsPerEpoch);

    /** The base rate throughout. */
    @Example("{kind: constant}")
    record ConstantSpec() implements LearningRateSchedule {

        @Override
        public Schedule<Double> factor(long stepsPerEpoch) {
            return Schedule.constant(1.0);
        }
    }

    /**
     * The base rate times gamma for each milestone that has passed. Eight rates over 1, 3, 9, ... 3^7 epochs, each
     * 10^(1/7) times below the last, are the schedule of Burda et al. 2016, section 5.
     *
     * @param milestones whole epochs, rising, after which the rate falls
     */
    @Example("{kind: multi-step, milestones: [1, 4], gamma: 0.5}")
    record MultiStepSpec(
            @Example("[1, 4, 13]") @Within("[1, 1e6]") List<Integer> milestones,
            @Within("(0, 10]") double gamma) implements LearningRateSchedule {

        public MultiStepSpec {
            milestones = KeyChecks.rising("optimizer.schedule.milestones", milestones);
            KeyChecks.positive("optimizer.schedule.gamma", gamma);
        }

        @Override
        public Schedule<Double> factor(long stepsPerEpoch) {
            return step -> Math.pow(gamma, passed(step / stepsPerEpoch));
        }

        private int passed(long epochs) {
            return Math.toIntExact(
                    milestones.stream().filter(milestone -> milestone <= epochs).count());
        }
    }

    /**
     * Half a cosine, from the base rate to a fraction of it, where it stays. Loshchilov and Hutter 2017, eq. 5.
     *
     * @param epochs over how many epochs it falls
     * @param finalFactor what is left of the base rate at the end
     */
    @Example("{kind: cosine, epochs: 10, finalFactor: 0.01}")
    record CosineSpec(
            @Within("[1, 1e6]") int epochs,
            @Default("0") @Within("[0, 1]") double finalFactor) implements LearningRateSchedule {

        public CosineSpec {
            KeyChecks.atLeastOne("optimizer.schedule.epochs", epochs);
            KeyChecks.share("optimizer.schedule.finalFactor", finalFactor);
        }

        @Override
        public Schedule<Double> factor(long stepsPerEpoch) {
            return Schedule.cosine(1, finalFactor, epochs * stepsPerEpoch);
        }
    }

    /**
     * A straight rise to where another schedule begins, which then runs from its start. Goyal et al. 2017, section 2.2.
     *
     * @param steps how many steps the rise takes; or else
     * @param epochs how many epochs
     * @param then what follows
     */
    @Example("{kind: warm-up, steps: 500, then: {kind: cosine, epochs: 9}}")
    record WarmUpSpec(
            @Default("null") @Within("[1, 1e9]") Optional<Integer> steps,
            @Default("null") @Within("[1, 1e6]") Optional<Integer> epochs,
            @Default("constant") LearningRateSchedule then)
            implements LearningRateSchedule {

        public WarmUpSpec {
            if (steps.isPresent() == epochs.isPresent()) {
                throw new InvalidInput(
                        "optimizer.schedule has "
                                + (steps.isPresent() ? "both steps and epochs" : "neither steps nor epochs"),
                        "recipe",
                        "give one of them");
            }
            KeyChecks.atLeastOne(
                    "optimizer.schedule." + (steps.isPresent() ? "steps" : "epochs"),
                    steps.or(() -> epochs).orElseThrow());
        }

        @Override
        public Schedule<Double> factor(long stepsPerEpoch) {
            long rise = steps.map(Integer::longValue).orElseGet(() -> epochs.orElseThrow() * stepsPerEpoch);
            return Schedule.warmUp(rise, then.factor(stepsPerEpoch));
        }
    }
}
