package io.vae4j.experiments.evaluation.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {

    /** All 27 ways to draw three of three are equally likely. */
    @Test
    void meansOfThreeAreDrawnAsOftenAsCountingSays() {
        double[] values = {0, 3, 9};
        double[] means = BootstrapInterval.means(values, 40_000, 0);

        assertThat(Arrays.stream(means).distinct()).hasSize(9);
        assertThat(share(means, 0)).isCloseTo(1 / 27.0, within(0.005));
        assertThat(share(means, 4)).isCloseTo(6 / 27.0, within(0.01));
        assertThat(share(means, 5)).isCloseTo(3 / 27.0, within(0.01));
    }

    @Test
    void ofManyExamplesTheIntervalIsTheNormalOne() {
        double[] values = new Random(1).doubles(2000).map(u -> -Math.log(u)).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
        double half = 1.96 * Math.sqrt(variance / values.length);
        double[] means = BootstrapInterval.means(values, 10_000, 3);

        assertThat(BootstrapInterval.quantile(means, 0.025)).isCloseTo(mean - half, within(0.1 * half));
        assertThat(BootstrapInterval.quantile(means, 0.975)).isCloseTo(mean + half, within(0.1 * half));
    }

    @Test
    void oneSeedDrawsTheSameAndAnotherOneOtherExamples() {
        double[] values = {1, 2, 4, 8};

        assertThat(BootstrapInterval.means(values, 100, 5)).isEqualTo(BootstrapInterval.means(values, 100, 5));
        assertThat(BootstrapInterval.means(values, 100, 5)).isNotEqualTo(BootstrapInterval.means(values, 100, 6));
    }

    @Test
    void quantilesLieBetweenTheirNeighbors() {
        double[] ascending = {1, 2, 4};

        assertThat(BootstrapInterval.quantile(ascending, 0)).isEqualTo(1);
        assertThat(BootstrapInterval.quantile(ascending, 0.75)).isEqualTo(3);
        assertThat(BootstrapInterval.quantile(ascending, 1)).isEqualTo(4);
    }

    private static double share(double[] values, double of) {
        return Arrays.stream(values).filter(value -> value == of).count() / (double) values.length;
    }
}
