package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** On codes of which it is known whether there are gaps. */
class LatentGapsTest {

    private static final int COUNT = 1000;

    @Test
    void betweenTwoDistantClustersHalfOfThePointsLieInTheGap() {
        // two codes are of one cluster as often as not, and only then is something near the point between them
        double share = new LatentGaps(codes(2, 100), 2).share(0);

        assertThat(share).isCloseTo(0.5, within(0.08));
    }

    @Test
    void withTenClustersNineTenthsDo() {
        assertThat(new LatentGaps(codes(10, 1000), 2).share(0)).isCloseTo(0.9, within(0.06));
    }

    @Test
    void codesThatFillASquareHaveHardlyAnyGap() {
        // a point halfway is no code, so it is a little lonelier than codes are: but a twentieth of them is as well
        assertThat(new LatentGaps(codes(1, 0), 2).share(0)).isLessThan(0.1);
    }

    @Test
    void theScaleOfTheCodesDoesNotMatter() {
        float[] codes = codes(3, 4);
        float[] larger = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            larger[i] = 1024 * codes[i];
        }

        assertThat(new LatentGaps(larger, 2).share(5)).isEqualTo(new LatentGaps(codes, 2).share(5));
    }

    @Test
    void oneCodeHasNothingBetween() {
        assertThatThrownBy(() -> new LatentGaps(new float[] {1, 2}, 2)).hasMessageContaining("two or more");
    }

    /** Unit squares, on a parabola so that no square lies halfway between two others. */
    private static float[] codes(int clusters, double apart) {
        Random random = new Random(1);
        float[] codes = new float[2 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            int cluster = i % clusters;
            codes[2 * i] = (float) (apart * cluster + random.nextDouble());
            codes[2 * i + 1] = (float) (apart * cluster * cluster + random.nextDouble());
        }
        return codes;
    }
}
