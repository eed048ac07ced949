package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

final class HistogramTest {

    /** A value on a limit may fall on either side by rounding; of random ones none lies on one. */
    @Test
    void everyBinHasAsManyValuesAsLieBetweenItsLimits() {
        Random random = new Random(3);
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 + 3 * random.nextGaussian());
        }
        Histogram histogram = Histogram.of(values).orElseThrow();
        double from = Double.NEGATIVE_INFINITY;

        for (int bin = 0; bin < histogram.limits().size(); bin++) {
            double low = from;
            double high = histogram.limits().get(bin);
            long between = range(values).filter(v -> v > low && v <= high).count();
            assertThat(histogram.counts().get(bin)).isEqualTo((double) between);
            from = high;
        }
    }

    @Test
    void sumsAndEndsAreThoseOfTheValues() {
        float[] values = {0.5f, -2, 7, 7, 1e-3f, 40};
        double[] wide = range(values).toArray();
        Histogram histogram = Histogram.of(values).orElseThrow();

        assertThat(histogram.least()).isEqualTo(StatUtils.min(wide));
        assertThat(histogram.largest()).isEqualTo(StatUtils.max(wide));
        assertThat(histogram.count()).isEqualTo(6);
        assertThat(histogram.sum()).isCloseTo(StatUtils.sum(wide), within(1e-12));
        assertThat(histogram.sumOfSquares()).isCloseTo(StatUtils.sumSq(wide), within(1e-9));
    }

    @Test
    void equalValuesAreOneBin() {
        Histogram histogram = Histogram.of(new float[] {0, 0, 0}).orElseThrow();

        assertThat(histogram.limits()).containsExactly(0.0);
        assertThat(histogram.counts()).containsExactly(3.0);
    }

    @Test
    void whatIsNotFiniteIsLeftOut() {
        Histogram histogram = Histogram.of(new float[] {Float.NaN, 1, Float.POSITIVE_INFINITY, 2})
                .orElseThrow();

        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.largest()).isEqualTo(2);
        assertThat(Histogram.of(new float[] {Float.NaN})).isEmpty();
        assertThat(Histogram.of(new float[0])).isEmpty();
    }

    private static DoubleStream range(float[] values) {
        return Arrays.stream(wide(values));
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }
}
