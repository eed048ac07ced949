package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogWeightsTest {

    private static final double[][] WEIGHTS = {
        logs(1, 3, 2, 6, 5), logs(4, 4, 4, 4, 4),
    };

    private final LogWeights weights = new LogWeights(WEIGHTS);

    /** By groups (1, 3) and (2, 6); the last weight fills no group. */
    @Test
    void theBoundIsTheMeanOverDisjointGroups() {
        double[] bound = weights.bound(2);

        assertThat(bound[0]).isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-12));
        assertThat(bound[1]).isCloseTo(Math.log(4), within(1e-12));
        assertThat(weights.bound(5)[0]).isCloseTo(Math.log(17.0 / 5), within(1e-12));
        assertThat(weights.bound(1)[0]).isCloseTo(Math.log(1 * 3 * 2 * 6 * 5) / 5, within(1e-12));
    }

    /** Two groups differ by log 2: the error of their mean is half of it; the other example has none. */
    @Test
    void theSamplingErrorIsThatOfTheGroups() {
        assertThat(weights.samplingError(2)).isCloseTo(Math.log(2) / 2 / 2, within(1e-12));
    }

    @Test
    void normalizedWeightsAreSharesFromTheLargestOn() {
        assertThat(weights.normalized(0))
                .containsExactly(new double[] {6 / 17.0, 5 / 17.0, 3 / 17.0, 2 / 17.0, 1 / 17.0}, within(1e-12));
        assertThat(weights.effectiveSampleSize(0)).isCloseTo(17.0 * 17 / (1 + 9 + 4 + 36 + 25), within(1e-10));
        assertThat(weights.effectiveSampleSize(1)).isCloseTo(5, within(1e-10));
    }

    /** Log weights of images lie hundreds of nats below zero, where exp is nothing. */
    @Test
    void weightsThatUnderflowAreStillCompared() {
        LogWeights tiny = new LogWeights(new double[][] {{-2000, -2000 + Math.log(3)}});

        assertThat(tiny.bound(2)[0]).isCloseTo(-2000 + Math.log(2), within(1e-9));
        assertThat(tiny.normalized(0)).containsExactly(new double[] {0.75, 0.25}, within(1e-9));
    }

    @Test
    void noWeightAtAllIsMinusInfinityAndNotNan() {
        double none = Double.NEGATIVE_INFINITY;

        assertThat(new LogWeights(new double[][] {{none, none}}).bound(2)[0]).isEqualTo(none);
    }

    private static double[] logs(double... weights) {
        return Arrays.stream(weights).map(Math::log).toArray();
    }
}
