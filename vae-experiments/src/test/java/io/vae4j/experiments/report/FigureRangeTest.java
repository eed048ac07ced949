package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureRangeTest {

    private static final Goal LOW = new Goal("loss", Split.VALIDATION, Goal.Direction.MINIMIZE);
    private static final Goal HIGH = new Goal("elbo", Split.VALIDATION, Goal.Direction.MAXIMIZE);

    /** Quartiles 2 and 4. */
    @Test
    void whatIsThreeInterquartileRangesWorseThanAQuartileCountsAsThere() {
        FigureRange range = FigureRange.of(LOW, List.of(1.0, 2.0, 3.0, 4.0, 99.0));

        assertThat(range.fence()).contains(10.0);
        assertThat(range.within(99)).isEqualTo(10);
        assertThat(range.within(9.5)).isEqualTo(9.5);
        assertThat(range.within(-99)).isEqualTo(-99);
    }

    @Test
    void worseIsLowerWhereTheHighestIsWanted() {
        FigureRange range = FigureRange.of(HIGH, List.of(-1.0, -2.0, -3.0, -4.0, -99.0));

        assertThat(range.within(-99)).isEqualTo(-10);
        assertThat(range.within(99)).isEqualTo(99);
    }

    @Test
    void whereNothingIsBeyondThereIsNoFence() {
        assertThat(FigureRange.of(LOW, List.of(1.0, 2.0, 3.0, 4.0, 5.0)).fence())
                .isEmpty();
        assertThat(FigureRange.of(LOW, List.of(1.0, 1.0, 1e9)).fence()).isEmpty();
        assertThat(FigureRange.of(LOW, List.of()).fence()).isEmpty();
    }
}
