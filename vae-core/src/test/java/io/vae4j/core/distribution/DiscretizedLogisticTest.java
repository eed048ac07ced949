package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.EngineTest;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.LogisticDistribution;
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

    @ParameterizedTest
    @CsvSource({"0.5, -1", "0, -2", "1.2, -0.5", "0.497, -4", "0.0021, -5.5", "-7, 3", "0.4981, -9", "0.00196, -10"})
    void theMeanIsThatOfTheLevels(double loc, double logScale) {
        assertThat(at(loc, logScale).mean().getDouble(0, 0, 0)).isCloseTo(meanLevel(loc, logScale), within(1e-12));
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
