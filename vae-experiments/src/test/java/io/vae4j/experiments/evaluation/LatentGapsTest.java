package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** On codes of which it is known how many fields they leave empty. */
class LatentGapsTest {

    private static final int COUNT = 4000;

    @Test
    void codesOfThePriorLeaveTheFieldsEmptyThatTheirProbabilitySays() {
        Random random = new Random(1);
        float[] codes = new float[2 * COUNT];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (float) random.nextGaussian();
        }

        assertThat(LatentGaps.share(codes)).isCloseTo(expectedOfThePrior(), within(0.02));
    }

    /** The mean over fields of (1 - p)^N. */
    private static double expectedOfThePrior() {
        NormalDistribution normal = new NormalDistribution();
        double end = normal.inverseCumulativeProbability(0.975);
        double empty = 0;
        for (int field = 0; field < 400; field++) {
            double p = normal.probability(edge(field % 20, end), edge(field % 20 + 1, end))
                    * normal.probability(edge(field / 20, end), edge(field / 20 + 1, end));
            empty += Math.pow(1 - p, COUNT) / 400;
        }
        return empty;
    }

    private static double edge(int field, double end) {
        return end * (field / 10.0 - 1);
    }

    @Test
    void aFullSquareHasNoGap() {
        assertThat(LatentGaps.share(squares(1, 0))).isZero();
    }

    @Test
    void betweenDistantClustersNearlyEverythingIsAGap() {
        // two clusters fill one field each
        assertThat(LatentGaps.share(squares(2, 1000))).isEqualTo(1 - 2.0 / 400);
    }

    @Test
    void aFewCodesFarAwayMakeNoGap() {
        float[] codes = squares(1, 0);
        for (int i = 0; i < COUNT / 100; i++) {
            codes[2 * i] = 1e6f;
        }

        assertThat(LatentGaps.share(codes)).isZero();
    }

    @Test
    void theScaleOfTheCodesDoesNotMatter() {
        float[] codes = squares(3, 2);
        float[] larger = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            larger[i] = 1024 * codes[i];
        }

        assertThat(LatentGaps.share(larger)).isEqualTo(LatentGaps.share(codes));
    }

    @Test
    void oneNumberIsNoCode() {
        assertThatThrownBy(() -> LatentGaps.share(1)).hasMessageContaining("two dimensions");
    }

    /** Unit squares on the diagonal. */
    private static float[] squares(int clusters, double apart) {
        Random random = new Random(1);
        float[] codes = new float[2 * COUNT];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (float) (apart * (i / 2 % clusters) + random.nextDouble());
        }
        return codes;
    }
}
