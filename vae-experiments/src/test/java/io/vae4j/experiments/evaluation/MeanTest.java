package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;

class MeanTest {

    private static final double[] VALUES = {3, 1, 4, 1, 5, 9};

    @Test
    void itsErrorIsTheSamplesDeviationOverTheRootOfItsSize() {
        Mean mean = Mean.of(VALUES);

        assertThat(mean.value()).isCloseTo(23 / 6.0, within(1e-12));
        assertThat(mean.standardError())
                .isCloseTo(new StandardDeviation().evaluate(VALUES) / Math.sqrt(6), within(1e-12));
    }

    @Test
    void pairingRemovesWhatImagesShare() {
        double[] shifted = {5, 3, 6, 3, 7, 11};

        Mean difference = Mean.ofDifferences(shifted, VALUES);

        assertThat(difference.value()).isCloseTo(2, within(1e-12));
        assertThat(difference.standardError()).isCloseTo(0, within(1e-12));
    }
}
