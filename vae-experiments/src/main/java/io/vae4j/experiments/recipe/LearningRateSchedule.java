package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Example;
import java.util.List;

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
    record MultiStepSpec(@Example("[1, 4, 13]") List<Integer> milestones, double gamma)
            implements LearningRateSchedule {

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
}
