package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;

class AurocTest {

    @Test
    void itIsTheStatisticOfMannAndWhitneyAlsoWithTies() {
        Random random = new Random(3);
        double[] positives = random.ints(30, 3, 12).asDoubleStream().toArray();
        double[] negatives = random.ints(50, 0, 10).asDoubleStream().toArray();
        double larger = new MannWhitneyUTest().mannWhitneyU(positives, negatives) / (30.0 * 50);

        assertThat(of(positives, negatives).value())
                .isCloseTo(larger, within(1e-12))
                .isGreaterThan(0.5);
        assertThat(of(negatives, positives).value()).isCloseTo(1 - larger, within(1e-12));
    }

    /** Their table II: an area of 0.80 by 50 and 50 cases has the standard error 0.0443 or so. */
    @Test
    void theStandardErrorIsTheSpreadOfAreasOfExponentialScores() {
        Random random = new Random(5);
        double[] areas = new double[2000];
        double[] errors = new double[areas.length];
        for (int i = 0; i < areas.length; i++) {
            Auroc auroc = of(exponential(random, 4, 50), exponential(random, 1, 50));
            areas[i] = auroc.value();
            errors[i] = auroc.standardError();
        }
        double mean = Arrays.stream(areas).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(areas)
                .map(area -> (area - mean) * (area - mean))
                .average()
                .orElseThrow());

        assertThat(mean).isCloseTo(0.8, within(0.005));
        assertThat(Arrays.stream(errors).average().orElseThrow()).isCloseTo(spread, within(0.003));
    }

    @Test
    void perfectScoresAndThoseThatTellNothing() {
        assertThat(of(new double[] {2, Double.NaN}, new double[] {0, 1}).value())
                .isEqualTo(1);
        assertThat(of(new double[] {1, 1}, new double[] {1, 1}).value()).isEqualTo(0.5);
        assertThatThrownBy(() -> of(new double[0], new double[] {1})).hasMessageContaining("0 positive");
    }

    private static double[] exponential(Random random, double mean, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> -mean * Math.log(1 - random.nextDouble()))
                .toArray();
    }

    private static Auroc of(double[] positives, double[] negatives) {
        double[] scores = new double[positives.length + negatives.length];
        boolean[] positive = new boolean[scores.length];
        System.arraycopy(positives, 0, scores, 0, positives.length);
        System.arraycopy(negatives, 0, scores, positives.length, negatives.length);
        Arrays.fill(positive, 0, positives.length, true);
        return Auroc.of(scores, positive);
    }
}
