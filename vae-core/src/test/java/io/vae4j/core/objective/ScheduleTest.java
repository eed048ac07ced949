package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void aLinearScheduleEndsWhereItShould() {
        Schedule<Double> warmUp = Schedule.linear(0, 1, 4);

        assertThat(List.of(warmUp.at(0), warmUp.at(1), warmUp.at(4), warmUp.at(9)))
                .containsExactly(0.0, 0.25, 1.0, 1.0);
        assertThat(warmUp.map(beta -> new Elbo(beta, 1)).at(2)).isEqualTo(new Elbo(0.5, 1));
    }

    @Test
    void aRampMayFallAndNeedNotStartAtZero() {
        Schedule<Double> cooling = Schedule.linear(3, 2, 2);

        assertThat(List.of(cooling.at(0), cooling.at(1), cooling.at(2), cooling.at(100)))
                .containsExactly(3.0, 2.5, 2.0, 2.0);
    }

    @Test
    void aRampOfOneStepIsThereAtTheSecond() {
        Schedule<Double> jump = Schedule.linear(0, 5, 1);

        assertThat(List.of(jump.at(0), jump.at(1))).containsExactly(0.0, 5.0);
    }

    @Test
    void aConstantIsTheSameAtEveryStep() {
        Schedule<String> constant = Schedule.constant("beta");

        assertThat(List.of(constant.at(0), constant.at(7))).containsExactly("beta", "beta");
    }

    @Test
    void aRampOverNoStepsIsRefused() {
        assertThatThrownBy(() -> Schedule.linear(0, 1, 0)).hasMessageContaining("steps is 0");
    }

    @Test
    void aCosineFallsByTheFormulaOfItsAngle() {
        Schedule<Double> cosine = Schedule.cosine(1, 0.1, 100);

        assertThat(cosine.at(0)).isEqualTo(1);
        assertThat(cosine.at(25)).isCloseTo(0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2, within(1e-15));
        assertThat(cosine.at(50)).isCloseTo(0.55, within(1e-15));
        assertThat(cosine.at(100)).isCloseTo(0.1, within(1e-15));
        assertThat(cosine.at(1_000)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void aWarmUpRisesToWhereTheOtherScheduleBegins() {
        Schedule<Double> warm = Schedule.warmUp(4, Schedule.linear(2, 0, 10));

        assertThat(warm.at(0)).isEqualTo(0.5);
        assertThat(warm.at(3)).isEqualTo(2);
        assertThat(warm.at(4)).isEqualTo(2);
        assertThat(warm.at(9)).isEqualTo(1);
        assertThat(warm.at(14)).isZero();
    }
}
