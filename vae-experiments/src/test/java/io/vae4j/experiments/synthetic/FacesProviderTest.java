package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacesProviderTest {

    private static final int SIZE = 16;
    /** Places among the factors. */
    private static final int SKIN = 0;

    private static final int GLASSES = 4;
    private static final int LIGHT = 9;
    private static final Dataset SMALL = faces("size: 16, train: 300, test: 50");

    @Test
    void theSameKeysGiveTheSamePortraitsOnEveryMachine() {
        assertThat(SMALL.provenance().sha256())
                .containsEntry("train", "61b7476ee66109560d5dddc01aa740bd72cd24bb5cebf5f439b2809c7ef8e5a0")
                .containsEntry("test", "1560bfc95293724d64fabe2ebdab1bce9e4fd62f6c1dcd883a3a17ae5f4e3647");
        assertThat(SMALL.provenance().source()).contains("generated", "size=16", "version 1 of the generator");
    }

    @Test
    void portraitsAreColorsWithTheirFactorsAsLabels() {
        assertThat(SMALL.summary().event()).isEqualTo(new Shape(3, SIZE, SIZE));
        assertThat(SMALL.summary().support()).isEqualTo(Support.BYTE_LEVELS);
        assertThat(SMALL.summary().classes()).isEmpty();
        assertThat(SMALL.test().labels().factors().stream().map(Labels.Factor::name))
                .containsExactly(
                        "skin", "hair", "hair color", "eyes", "glasses", "hat", "beard", "azimuth", "emotion", "light");
    }

    @Test
    void theFirstPortraitsAreTheSameHoweverManyThereAre() {
        Dataset fewer = faces("size: 16, train: 7, test: 50");

        assertThat(fewer.train().values().mean())
                .isEqualTo(SMALL.train().select(0, 1, 2, 3, 4, 5, 6).values().mean());
        assertThat(fewer.test().values().mean()).isEqualTo(SMALL.test().values().mean());
        assertThat(fewer.test().values().mean())
                .isNotEqualTo(faces("size: 16, train: 7, test: 50, seed: 1")
                        .test()
                        .values()
                        .mean());
    }

    @Test
    void everyValueOfEveryFactorOccurs() {
        int[][] labels = labels(SMALL.train());
        List<Labels.Factor> factors = SMALL.train().labels().factors();

        for (int f = 0; f < factors.size(); f++) {
            int factor = f;
            assertThat(Arrays.stream(labels).mapToInt(row -> row[factor]).distinct())
                    .describedAs(factors.get(f).name())
                    .hasSize(factors.get(f).values());
        }
    }

    /** In the means over all portraits of a value, where it must show. */
    @Test
    void labelsAreThoseOfTheirPortraits() {
        // the cheeks of light skin are lighter, and sunglasses are dark
        assertThat(brightness(SKIN, value -> value == 0, 9, 5, 11))
                .isGreaterThan(0.25 + brightness(SKIN, value -> value == 4, 9, 5, 11));
        assertThat(brightness(GLASSES, value -> value == 0, 7, 5, 7))
                .isGreaterThan(0.03 + brightness(GLASSES, value -> value == 2, 7, 5, 7));
        // the left half is lighter if the light comes from there
        assertThat(brightness(LIGHT, value -> value == 0, 9, 4, 6) - brightness(LIGHT, value -> value == 0, 9, 10, 12))
                .isGreaterThan(0.03);
        assertThat(brightness(LIGHT, value -> value == 1, 9, 4, 6) - brightness(LIGHT, value -> value == 1, 9, 10, 12))
                .isLessThan(-0.03);
    }

    @Test
    void theValuesOfAFactorAreTheClassesIfItIsNamed() {
        Dataset classed = faces("size: 16, train: 300, test: 50, classes: glasses");

        assertThat(classed.summary().classes()).containsExactly("no glasses", "glasses", "sunglasses");
        assertThat(classed.train().labels().numbers().toArray())
                .isEqualTo(Arrays.stream(labels(SMALL.train()))
                        .mapToInt(row -> row[GLASSES])
                        .toArray());
        assertThat(classed.train().values().mean())
                .isEqualTo(SMALL.train().values().mean());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.set.size=4       | data.set.size is 4       | from 8.0",
                "data.set.size=1024    | data.set.size is 1024    | to 512.0",
                "data.set.train=0      | data.set.train is 0      | 1 or more",
                "data.set.test=0       | data.set.test is 0       | 1 or more",
                "data.set.classes=nose | nose                     | glasses",
            })
    void portraitsThatCannotBeAreRefusedInOneLine(String override, String what, String remedy) {
        Generated.assertRefusedInOneLine("faces-32", override, what, remedy);
    }

    @Test
    void morePortraitsThanMemoryHoldsAreRefusedBeforeAnyIsDrawn() {
        assertThatThrownBy(() -> faces("size: 512, train: 2000000, test: 1000"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("drawing 2001000 portraits of 512 x 512 pixels takes")
                .hasMessageContaining("ask for fewer portraits or a smaller size");
    }

    /** The mean level of all channels between two columns of a row, over the portraits with some values of a factor. */
    private static double brightness(int factor, IntPredicate values, int row, int from, int to) {
        int[][] labels = labels(SMALL.train());
        int[] chosen = IntStream.range(0, labels.length)
                .filter(i -> values.test(labels[i][factor]))
                .toArray();
        float[] mean = SMALL.train().select(chosen).values().mean();
        return IntStream.range(0, 3 * (to - from))
                .mapToDouble(i -> mean[i / (to - from) * SIZE * SIZE + row * SIZE + from + i % (to - from)])
                .average()
                .orElseThrow();
    }

    private static int[][] labels(Examples examples) {
        return ((Labels.Factors) examples.labels()).of();
    }

    private static Dataset faces(String keys) {
        return Generated.by("faces-32", "kind: faces, " + keys);
    }
}
