package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.LogisticDistribution;
import org.junit.jupiter.api.Test;

/** Two components over one pixel or two, against the formulas of the paper with Commons Math's logistic function. */
class ColorMixtureTest extends EngineTest {

    private static final Shape PIXEL = new Shape(3, 1, 1);
    private static final double[] LOGITS = {0.4, -0.3};
    /** Red, green and blue of the first component, then of the second. */
    private static final double[] LOC = {0.3, 0.5, 0.9, 0.8, 0.05, 0.4};

    private static final double[] LOG_SCALE = {-2.5, -3.5, -3, -4, -2, -5};
    /** Green after red, blue after red, blue after green. */
    private static final double[] COEFFICIENTS = {0.9, -0.4, 0.7, -0.6, 0.2, 0.95};

    @Test
    void aPixelHasTheProbabilityOfThePapersFormula() {
        for (int[] color : new int[][] {{70, 120, 200}, {0, 255, 0}, {255, 0, 17}, {204, 0, 102}}) {
            assertThat(at(PIXEL).logProb(pixels(color)).getDouble(0, 0))
                    .isCloseTo(Math.log(byHand(color)), within(1e-9));
        }
    }

    /** Nothing is lost between the factors: red sums to one, green does for each red, blue for each of both. */
    @Test
    void theProbabilitiesOfAllGreensAndBluesOfARedSumToThatOfTheRed() {
        int red = 77;
        NDArray blues = Ops.scale(manager.arange(0, 256, 1, DataType.FLOAT64), 1.0 / 255);
        NDArray reds = Ops.full(blues, new Shape(256 * 256), red / 255.0);
        NDArray grid = NDArrays.stack(new NDList(reds, blues.repeat(256), blues.tile(256)), 1);
        double total =
                at(PIXEL).logProb(grid.reshape(256 * 256, 3, 1, 1)).exp().sum().getDouble();

        double ofRed = IntStream.range(0, 2)
                .mapToDouble(m -> weight(m) * mass(LOC[3 * m], LOG_SCALE[3 * m], red))
                .sum();
        assertThat(total).isCloseTo(ofRed, within(1e-9));
        assertThat(IntStream.range(0, 256)
                        .mapToDouble(r ->
                                weight(0) * mass(LOC[0], LOG_SCALE[0], r) + weight(1) * mass(LOC[3], LOG_SCALE[3], r))
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void theMeanIsThatOfTheDrawsToHalfALevel() {
        int count = 40_000;
        NDArray drawn = at(PIXEL).sample(Noise.seeded(3, 0, 0), count);
        double[] mean = at(PIXEL).mean().toDoubleArray();

        assertThat(drawn.getShape()).isEqualTo(new Shape(count, 1, 3, 1, 1));
        at(PIXEL).support().check(drawn);
        double[] colors = drawn.toDoubleArray();
        for (int channel = 0; channel < 3; channel++) {
            int c = channel;
            double[] of = IntStream.range(0, count)
                    .mapToDouble(i -> colors[3 * i + c])
                    .toArray();
            double found = DoubleStream.of(of).average().orElseThrow();
            double deviation = Math.sqrt(
                    DoubleStream.of(of).map(x -> (x - found) * (x - found)).sum() / count);
            assertThat(mean[c]).isCloseTo(found, within(0.5 / 255 + 4 * deviation / Math.sqrt(count)));
        }
    }

    @Test
    void greenFollowsRedAndBlueFollowsBothInTheDraws() {
        double[] loc = {0.5, 0.5, 0.5};
        double[] logScale = {-2.5, -6, -6};
        ColorMixture one = mixture(PIXEL, new double[] {0}, loc, logScale, new double[] {0.8, -0.5, 0.6});
        double[] x = one.sample(Noise.seeded(5, 0, 0), 2000).toDoubleArray();

        for (int i = 0; i < 2000; i++) {
            double r = x[3 * i] - 0.5;
            double g = x[3 * i + 1] - 0.5;
            assertThat(g).isCloseTo(0.8 * r, within(0.03));
            assertThat(x[3 * i + 2] - 0.5).isCloseTo(-0.5 * r + 0.6 * g, within(0.03));
        }
    }

    @Test
    void pixelsAreSummedAndSamplesAndExamplesKeepTheirAxes() {
        Shape two = new Shape(3, 1, 2);
        NDArray logits = array(0.4, 0.4, -0.3, -0.3).reshape(1, 1, 2, 2).broadcast(4, 1, 2, 2);
        ColorMixture q = new ColorMixture(logits, twice(LOC), twice(LOG_SCALE), twice(COEFFICIENTS), two);
        NDArray value = pixels(70, 0, 120, 255, 200, 0).reshape(1, 3, 1, 2).broadcast(5, 3, 1, 2);

        assertThat(q.logProb(value).getShape()).isEqualTo(new Shape(4, 5));
        assertThat(q.logProb(value).getDouble(3, 4))
                .isCloseTo(Math.log(byHand(70, 120, 200)) + Math.log(byHand(0, 255, 0)), within(1e-9));
        assertThat(q.sample(Noise.seeded(1, 0, 0), 1).getShape()).isEqualTo(new Shape(4, 1, 3, 1, 2));
        assertThat(q.mean().getShape()).isEqualTo(q.shape());
        assertThat(q.shape()).isEqualTo(new Shape(4, 1, 3, 1, 2));
    }

    @Test
    void gradientsAgreeWithFiniteDifferencesAndAreFiniteFarOut() {
        NDArray color = pixels(70, 255, 0);
        NDArray point = array(concatenated(LOGITS, LOC, LOG_SCALE, COEFFICIENTS));
        double[] found = gradient(p -> spread(p).logProb(color).sum(), point).toDoubleArray();
        double[] expected = differences(p -> spread(p).logProb(color).sum(), point);

        assertThat(found).containsExactly(expected, within(1e-6));
        double[] far = {100, -100, -5, 5, 5, 0.5, -5, 1, -10, 10, -10, -10, -10, 10, 1, -1, 1, 1, 1, -1};
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            NDArray corner = array(far).toType(type, true);
            NDArray value = color.toType(type, true);
            assertFinite(spread(corner).logProb(value));
            assertFinite(spread(corner).mean());
            assertFinite(gradient(
                    p -> spread(p).logProb(value).sum().add(spread(p).mean().sum()), corner));
        }
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mixture(new Shape(1, 1, 1), LOGITS, LOC, LOG_SCALE, COEFFICIENTS))
                .withMessageContainingAll("(1, 1, 1)", "[3, H, W]");
    }

    private static void assertFinite(NDArray x) {
        assertThat(x.toType(DataType.FLOAT64, true).toDoubleArray()).doesNotContain(Double.NaN);
        assertThat(x.abs().max().toType(DataType.FLOAT64, true).getDouble()).isFinite();
    }

    private ColorMixture at(Shape event) {
        return mixture(event, LOGITS, LOC, LOG_SCALE, COEFFICIENTS);
    }

    private ColorMixture mixture(Shape event, double[] logits, double[] loc, double[] logScale, double[] slopes) {
        Shape shape = new Shape(1, 1, logits.length, 3, 1);
        return new ColorMixture(
                array(logits).reshape(1, 1, logits.length, 1),
                array(loc).reshape(shape),
                array(logScale).reshape(shape),
                array(slopes).reshape(shape),
                event);
    }

    /** The parameters of one pixel as one vector. */
    private static ColorMixture spread(NDArray p) {
        Shape shape = new Shape(1, 1, 2, 3, 1);
        return new ColorMixture(
                p.get("0:2").reshape(1, 1, 2, 1),
                p.get("2:8").reshape(shape),
                p.get("8:14").reshape(shape),
                p.get("14:20").reshape(shape),
                PIXEL);
    }

    private NDArray twice(double... of) {
        return array(of).reshape(1, 1, 2, 3, 1).broadcast(4, 1, 2, 3, 2);
    }

    /** [1, 3, 1, N] */
    private NDArray pixels(int... bytes) {
        double[] levels = IntStream.of(bytes).mapToDouble(b -> b / 255.0).toArray();
        return array(levels).reshape(1, 3, 1, bytes.length / 3);
    }

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    private static double weight(int component) {
        return Math.exp(LOGITS[component]) / (Math.exp(LOGITS[0]) + Math.exp(LOGITS[1]));
    }

    private static double byHand(int... color) {
        double total = 0;
        for (int m = 0; m < 2; m++) {
            double r = color[0] / 255.0 - 0.5;
            double g = color[1] / 255.0 - 0.5;
            double green = LOC[3 * m + 1] + COEFFICIENTS[3 * m] * r;
            double blue = LOC[3 * m + 2] + COEFFICIENTS[3 * m + 1] * r + COEFFICIENTS[3 * m + 2] * g;
            total += weight(m)
                    * mass(LOC[3 * m], LOG_SCALE[3 * m], color[0])
                    * mass(green, LOG_SCALE[3 * m + 1], color[1])
                    * mass(blue, LOG_SCALE[3 * m + 2], color[2]);
        }
        return total;
    }

    /** Above loc by the upper tail, where 1 - cdf would cancel. */
    private static double mass(double loc, double logScale, int level) {
        LogisticDistribution logistic = new LogisticDistribution(0, Math.exp(logScale));
        double side = level / 255.0 > loc ? -1 : 1;
        double low = level == 0 ? Double.NEGATIVE_INFINITY : (level - 0.5) / 255 - loc;
        double high = level == 255 ? Double.POSITIVE_INFINITY : (level + 0.5) / 255 - loc;
        return Math.abs(logistic.cumulativeProbability(side * high) - logistic.cumulativeProbability(side * low));
    }
}
