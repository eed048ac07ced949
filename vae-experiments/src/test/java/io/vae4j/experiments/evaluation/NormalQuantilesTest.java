package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the inverse cumulative distribution of commons-math3. */
class NormalQuantilesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 100})
    void eachStandsForAnEqualShareOfTheDistribution(int n) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            float[] middles = NormalQuantiles.middles(manager, n);

            assertThat(middles).hasSize(n);
            for (int i = 0; i < n; i++) {
                double expected = new NormalDistribution().inverseCumulativeProbability((i + 0.5) / n);
                assertThat((double) middles[i]).isCloseTo(expected, within(1e-4));
            }
        }
    }
}
