package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseSchemeTest extends EngineTest {

    private static final long LAST_STEP = (1 << 24) - 1;

    /** The whole schedule of Burda et al. 2016: 3,280 epochs of 3,000 steps, two streams of two samples each. */
    @Test
    void noTwoSamplesOfTenMillionStepsShareTheirSeed() {
        int steps = 10_000_000;
        int[] seeds = new int[4 * steps];
        for (int step = 0; step < steps; step++) {
            for (int use = 0; use < 4; use++) {
                seeds[4 * step + use] = NoiseScheme.COUNTED.engineSeed(3, step, 2 + use / 2, use % 2);
            }
        }

        assertThat(collisions(seeds)).isZero();
    }

    /** What the bijection is for: of 2 million hashes of 32 bits some hundred pairs are alike. */
    @Test
    void hashedSeedsMeetByChance() {
        int samples = 2_000_000;
        int[] seeds = IntStream.range(0, samples)
                .map(step -> NoiseScheme.HASHED.engineSeed(3, step, 2, 0))
                .toArray();

        // expected n^2 / 2^33 = 466, with a standard deviation of its root
        assertThat(collisions(seeds)).isBetween(380, 552);
    }

    @Test
    void streamsAndPositionsAreApartAtBothEndsOfTheBox() {
        int[] seeds = IntStream.of(0, 1, (int) LAST_STEP - 1, (int) LAST_STEP)
                .flatMap(step -> IntStream.range(0, 16)
                        .flatMap(stream -> IntStream.range(0, 16)
                                .map(position -> NoiseScheme.COUNTED.engineSeed(0, step, stream, position))))
                .toArray();

        assertThat(seeds).hasSize(4 * 256);
        assertThat(collisions(seeds)).isZero();
    }

    @Test
    void aPlaceOutsideTheBoxIsHashed() {
        long[][] outside = {{LAST_STEP + 1, 2, 0}, {5, 16, 0}, {5, 2, 16}, {-1, 2, 0}};
        for (long[] place : outside) {
            assertThat(NoiseScheme.COUNTED.engineSeed(4, place[0], place[1], place[2]))
                    .isEqualTo(NoiseScheme.HASHED.engineSeed(4, place[0], place[1], place[2]));
        }
        assertThat(NoiseScheme.COUNTED.engineSeed(4, LAST_STEP, 15, 15))
                .isNotEqualTo(NoiseScheme.HASHED.engineSeed(4, LAST_STEP, 15, 15));
    }

    /** Neighbors in time must not be neighbors in the sequence of another seed, or runs would share noise, shifted. */
    @Test
    void anotherSeedIsAnotherOrder() {
        int[] one = IntStream.range(0, 100_000)
                .map(step -> NoiseScheme.COUNTED.engineSeed(1, step, 2, 0))
                .toArray();
        int[] two = IntStream.range(0, 100_000)
                .map(step -> NoiseScheme.COUNTED.engineSeed(2, step, 2, 0))
                .toArray();
        int[] both = IntStream.concat(Arrays.stream(one), Arrays.stream(two)).toArray();

        // 100,000^2 / 2^32 = 2.3 by chance
        assertThat(collisions(both)).isLessThan(12);
    }

    @Test
    void drawsOfNeighboringStepsAreIndependent() {
        NDArray like = manager.zeros(new Shape(1));
        Shape shape = new Shape(100);
        double sum = 0;
        int pairs = 400;
        for (int step = 0; step < pairs; step++) {
            NDArray here = NoiseScheme.COUNTED.noise(0, step, 2).normal(shape, like);
            NDArray next = NoiseScheme.COUNTED.noise(0, step + 1, 2).normal(shape, like);
            sum += here.mul(next).sum().getFloat();
        }

        // each of the 40,000 products has the mean 0 and the variance 1
        assertThat(Math.abs(sum)).isLessThan(4 * Math.sqrt(pairs * 100));
    }

    /** How many of the numbers were there before. */
    private static int collisions(int[] seeds) {
        Arrays.sort(seeds);
        int collisions = 0;
        for (int i = 1; i < seeds.length; i++) {
            collisions += seeds[i] == seeds[i - 1] ? 1 : 0;
        }
        return collisions;
    }
}
