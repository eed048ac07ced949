package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {

    private static final int COUNT = 50;

    @Test
    void anOrderHoldsEveryImageOnce() {
        assertThat(Shuffle.of(3, 1, COUNT))
                .containsExactlyInAnyOrder(LongStream.range(0, COUNT).toArray());
    }

    @Test
    void eachEpochAndEachSeedHasItsOwnOrderAndKeepsIt() {
        assertThat(Shuffle.of(3, 1, COUNT))
                .isEqualTo(Shuffle.of(3, 1, COUNT))
                .isNotEqualTo(Shuffle.of(3, 2, COUNT))
                .isNotEqualTo(Shuffle.of(4, 1, COUNT));
    }
}
