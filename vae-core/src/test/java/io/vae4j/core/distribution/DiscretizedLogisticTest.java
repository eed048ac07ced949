package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.LogisticDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretizedLogisticTest extends EngineTest {

    @ParameterizedTest
    @CsvSource({"0.5, -1", "0, -2", "1, -2.5", "-0.3, -1", "1.2, -0.5", "0.497, -4", "0.25, 1.5"})
    void everyLevelHasTheMassOfItsInterval(double loc, double logScale) {
        NDArray levels = manager.arange(256).toType(DataType.FLOAT64, false);
        NDArray values = levels.div(array(255)).reshape(256, 1, 1);
        double[] logProb = at(loc, logScale).logProb(values).toDoubleArray();

        for (int level = 0; level < 256; level++) {
            double mass = mass(loc, logScale, level);
            assertThat(Math.exp(logProb[level])).as("level " + level).isCloseTo(mass, within(1e-12));
        }
    }

    /** Scales of a level and more: in units of log s a level is -5.54. */
    @ParameterizedTest
    @CsvSource({"0.5, -1", "0, -2", "1.2, -0.5", "0.497, -4", "0.0021, -5.5", "1.001, -5.5", "-7, 3", "400, 7"})
    void theMeanIsThatOfTheLevelsToAHundredthOfOne(double loc, double logScale) {
        assertThat(at(loc, logScale).mean().getDouble(0, 0, 0))
                .isCloseTo(meanLevel(loc, logScale), within(0.011 / 255));
    }

    /** Where the scale is below a level, what it is rounded to is the mean level. */
    @ParameterizedTest
    @CsvSource({"0.5, -9", "0.4981, -9", "0, -7", "1.2, -8", "0.00196, -10", "0.3, -6.5"})
    void theMeanOfASharpOneIsThatOfTheLevelsToHalfOfOne(double loc, double logScale) {
        assertThat(at(loc, logScale).mean().getDouble(0, 0, 0)).isCloseTo(meanLevel(loc, logScale), within(0.5 / 255));
    }

    /** Elements, samples and examples each have parameters of their own. */
    @Test
    void imagesOfSeveralSamplesAndExamplesKeepTheirAxes() {
        Shape axes = new Shape(2, 3, 1, 2, 2);
        NDArray loc = manager.arange(24)
                .toType(DataType.FLOAT64, false)
                .div(array(24))
                .reshape(axes);
        NDArray logScale = loc.neg().sub(loc.onesLike());
        DiscretizedLogistic q = new DiscretizedLogistic(loc, logScale, 3);
        NDArray value = manager.zeros(axes.slice(1), DataType.FLOAT64);
        NDArray each = q.logProbEach(value);

        assertThat(each.getShape()).isEqualTo(axes);
        assertThat(q.logProb(value).getShape()).isEqualTo(new Shape(2, 3));
        double last = Math.log(mass(23 / 24.0, -23 / 24.0 - 1, 0));
        assertThat(each.getDouble(1, 2, 0, 1, 1)).isCloseTo(last, within(1e-11));
        double sum = IntStream.range(12, 16)
                .mapToDouble(i -> Math.log(mass(i / 24.0, -i / 24.0 - 1, 0)))
                .sum();
        assertThat(q.logProb(value).getDouble(1, 0)).isCloseTo(sum, within(1e-11));
    }

    @Test
    void aDrawIsTheNearestLevelOfTheLogisticQuantile() {
        double[] uniform = {0.3, 0.999999, 1e-6, 0.5};
        NDArray noise = array(uniform).reshape(4, 1, 1);
        double[] drawn = at(0.4, -1).sample(Noise.given(List.of(noise)), 4).toDoubleArray();

        LogisticDistribution reference = new LogisticDistribution(0.4, Math.exp(-1));
        for (int i = 0; i < 4; i++) {
            double gray = reference.inverseCumulativeProbability(uniform[i]);
            double level = Math.min(255, Math.max(0, Math.rint(255 * gray)));
            assertThat(drawn[i]).isCloseTo(level / 255, within(1e-14));
        }
    }

    @Test
    void noDivergenceIsKnown() {
        assertThat(at(0, 0).kl(at(0, 0))).isEmpty();
        assertThat(at(0, 0).klEach(at(0, 0))).isEmpty();
        assertThat(at(0, 0).entropy()).isEmpty();
    }

    private static double meanLevel(double loc, double logScale) {
        return IntStream.range(0, 256)
                .mapToDouble(level -> level / 255.0 * mass(loc, logScale, level))
                .sum();
    }

    private static double mass(double loc, double logScale, int level) {
        LogisticDistribution reference = new LogisticDistribution(loc, Math.exp(logScale));
        double below = level == 0 ? 0 : reference.cumulativeProbability((level - 0.5) / 255);
        double above = level == 255 ? 1 : reference.cumulativeProbability((level + 0.5) / 255);
        return above - below;
    }

    private DiscretizedLogistic at(double loc, double logScale) {
        return new DiscretizedLogistic(
                array(loc).reshape(1, 1, 1), array(logScale).reshape(1, 1, 1), 1);
    }
}
