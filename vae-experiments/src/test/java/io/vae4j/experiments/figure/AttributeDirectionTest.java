package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributeDirectionTest {

    private static final int COUNT = 6000;

    /** Noise with deviations 1 and 0.5, moved by (3, 1) from the first to the last of three values. */
    @Test
    void aDirectionLeadsFromTheMeanCodeOfTheFirstValueToThatOfTheLast() {
        Random random = new Random(0);
        int[][] values = IntStream.range(0, COUNT)
                .mapToObj(i -> new int[] {i % 3, i % 2})
                .toArray(int[][]::new);
        double[][] codes = IntStream.range(0, COUNT)
                .mapToObj(i -> new double[] {
                    1.5 * values[i][0] + random.nextGaussian(), 0.5 * values[i][0] + 0.5 * random.nextGaussian()
                })
                .toArray(double[][]::new);
        Labels labels = new Labels.Factors(List.of(new Factor("moved", 3), new Factor("nothing", 2)), values);

        List<AttributeDirection> found = AttributeDirection.of(labels, codes);

        assertThat(found).extracting(AttributeDirection::name).containsExactly("moved", "nothing");
        assertThat(found.get(0).vector()[0]).isCloseTo(3, within(0.1));
        assertThat(found.get(0).vector()[1]).isCloseTo(1, within(0.05));
        // along (3, 1) / sqrt 10 the noise has variance (9 + 1/4) / 10
        assertThat(found.get(0).separation()).isCloseTo(Math.sqrt(10 / 0.925), within(0.15));
        assertThat(found.get(1).separation()).isLessThan(0.15);
    }

    @Test
    void aClassIsHeldAgainstAllOthersAndOneThatIsAloneIsLeftOut() {
        double[][] codes = {{0}, {1}, {4}, {5}, {9}};
        Labels labels = new Labels.Classes(List.of("low", "high", "alone", "none"), new int[] {0, 0, 1, 1, 2});

        List<AttributeDirection> found = AttributeDirection.of(labels, codes);

        assertThat(found).extracting(AttributeDirection::name).containsExactly("low", "high");
        assertThat(found.get(0).vector()).containsExactly(0.5 - 6);
        assertThat(AttributeDirection.of(Labels.none(), codes)).isEmpty();
    }

    @Test
    void aFactorOfOneValueHasNoDirection() {
        Labels labels = new Labels.Factors(List.of(new Factor("same", 1)), new int[][] {{0}, {0}, {0}, {0}});

        assertThat(AttributeDirection.of(labels, new double[][] {{0}, {1}, {2}, {3}}))
                .isEmpty();
    }

    @Test
    void codesThatAreAllTheSameAreSeparatedByNothing() {
        Labels labels = Labels.numbered(2, 0, 0, 1, 1);

        assertThat(AttributeDirection.of(labels, new double[][] {{1}, {1}, {1}, {1}}))
                .extracting(AttributeDirection::separation)
                .containsOnly(0.0);
    }
}
