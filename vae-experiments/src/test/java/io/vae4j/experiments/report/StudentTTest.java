package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9, 10, 31, 100})
    void itsQuantilesAndProbabilitiesAreThoseOfCommonsMath(int degreesOfFreedom) {
        TDistribution reference = new TDistribution(degreesOfFreedom);

        assertThat(StudentT.twoSided95(degreesOfFreedom))
                .isCloseTo(reference.inverseCumulativeProbability(0.975), within(1e-7));
        for (double t : new double[] {0, 0.3, 1, 2.5, 40}) {
            assertThat(StudentT.within(t, degreesOfFreedom)).isCloseTo(reference.probability(-t, t), within(1e-9));
        }
    }

    /** By the t-test of commons-math, against a mean just so far away. */
    @Test
    void theMarginOfAMeanIsThatOfATestAtFivePercent() {
        double[] values = {1.5, 2.25, -0.5, 3};
        SampleMoments moments = SampleMoments.of(values);

        assertThat(moments.mean()).isEqualTo(StatUtils.mean(values));
        assertThat(moments.standardError()).isCloseTo(Math.sqrt(StatUtils.variance(values) / 4), within(1e-12));
        assertThat(TestUtils.tTest(moments.mean() - moments.margin(), values)).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void oneValueSaysNothingOfHowFarItIsOff() {
        assertThat(SampleMoments.of(3).margin()).isInfinite();
        assertThat(SampleMoments.of(3).deviation()).isNaN();
    }
}
