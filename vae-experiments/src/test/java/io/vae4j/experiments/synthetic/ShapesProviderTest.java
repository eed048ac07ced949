package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.TestShare;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesProviderTest {

    private static final int IMAGES = 3 * 2 * 3 * 4 * 4;
    private static final Dataset SMALL = shapes("size: 32, scales: 2, orientations: 3, positions: 4, testShare: 0.25");

    @Test
    void theSameKeysGiveTheSameImagesOnEveryMachine() {
        assertThat(SMALL.provenance().sha256())
                .containsEntry("train", "113e040a4ccdf7ba382c0225d9d54882e5df36a2c66b689d02958418c8a201c3")
                .containsEntry("test", "b14edcc1f7a0aa97041ee2df99d617b947d089203be6a228f3143729d61c8121");
        assertThat(SMALL.provenance().source())
                .contains("generated", "size=32", "testShare=0.25", "version 1 of the generator");
    }

    @Test
    void imagesAreBitsWithTheirFactorsAsLabels() {
        assertThat(SMALL.summary().event()).isEqualTo(new Shape(1, 32, 32));
        assertThat(SMALL.summary().support()).isEqualTo(Support.BINARY);
        assertThat(SMALL.summary().classes()).isEmpty();
        assertThat(SMALL.test().labels().factors().stream().map(Labels.Factor::name))
                .containsExactly("shape", "scale", "orientation", "x", "y");
    }

    @Test
    void aSeededShareIsHeldOutAndEveryCombinationIsInOneSplit() {
        int[][] train = factors(SMALL.train());
        int[][] test = factors(SMALL.test());

        assertThat(test).hasNumberOfRows(IMAGES / 4);
        assertThat(Stream.concat(Arrays.stream(train), Arrays.stream(test))
                        .map(Arrays::toString)
                        .distinct())
                .hasSize(IMAGES);
    }

    @Test
    void labelsAreThoseOfTheirImages() {
        Examples held = SMALL.test();
        for (int i = 0; i < held.count(); i++) {
            float[] pixels = held.select(i).values().mean();
            int[] values = factors(held)[i];
            double area = 0;
            double x = 0;
            double y = 0;
            for (int p = 0; p < pixels.length; p++) {
                int row = p / 32;
                area += pixels[p];
                x += pixels[p] * (p % 32 + 0.5);
                y += pixels[p] * (row + 0.5);
            }

            // 5 pixels apart around the middle; of radius 4 or 8
            assertThat(x / area).isCloseTo(16 + 5 * (values[3] - 1.5), within(1.0));
            assertThat(y / area).isCloseTo(16 + 5 * (values[4] - 1.5), within(1.0));
            assertThat(Math.sqrt(area)).isCloseTo(Math.sqrt(1.8) * (4 + 4 * values[1]), within(1.0));
        }
    }

    /** Pictures and evaluations take the first ones. */
    @Test
    void theFirstImagesOfASplitStandForAll() {
        for (Examples split : List.of(SMALL.train(), SMALL.test())) {
            assertThat(Arrays.stream(factors(split))
                            .limit(20)
                            .map(values -> values[0])
                            .distinct())
                    .hasSize(3);
        }
    }

    @Test
    void placesOfATestShareAreThoseOfTheSplit() {
        Examples all = SMALL.train();
        TestShare.Places places = TestShare.places(all.count(), 0.3);
        TestShare.Parts parts = TestShare.split(all, 0.3);

        assertThat(written(all.select(places.test()))).containsExactlyInAnyOrderElementsOf(written(parts.test()));
        assertThat(written(all.select(places.train()))).containsExactlyInAnyOrderElementsOf(written(parts.train()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "data.set.size=0            | data.set.size is 0           | a multiple of 4",
                "data.set.size=30           | data.set.size is 30          | a multiple of 4",
                "data.set.size=12           | data.set.size is 12          | from 16.0",
                "data.set.scales=0          | data.set.scales is 0         | 1 or more",
                "data.set.orientations=0    | data.set.orientations is 0   | 1 or more",
                "data.set.turn=720          | data.set.turn is 720         | up to 360",
                "data.set.positions=0       | data.set.positions is 0      | 1 or more",
                "data.set.positions=34      | data.set.positions is 34     | up to 33",
                "data.set.testShare=1       | data.set.testShare is 1      | between 0 and 1",
                "data.set.shape=heart       | unknown key 'shape'          | orientations",
            })
    void aGridThatCannotBeIsRefusedInOneLine(String override, String what, String remedy) {
        Generated.assertRefusedInOneLine("shapes-beta-vae", override, what, remedy);
    }

    @Test
    void aGridLargerThanMemoryIsRefusedBeforeAnyImageIsDrawn() {
        assertThatThrownBy(() -> shapes("scales: 100, orientations: 360, positions: 33"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a grid of 117612000 images of 64 x 64 pixels takes")
                .hasMessageContaining("give fewer positions or orientations, or give Java more");
    }

    @Test
    void aGridThatLeavesNothingToTrainOnIsRefused() {
        assertThatThrownBy(() -> shapes("scales: 1, orientations: 1, positions: 1, testShare: 0.9"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("too few examples");
    }

    private static Dataset shapes(String keys) {
        return Generated.by("shapes-beta-vae", "kind: shapes, " + keys);
    }

    private static List<String> written(Examples examples) {
        return Arrays.stream(factors(examples)).map(Arrays::toString).toList();
    }

    private static int[][] factors(Examples examples) {
        return ((Labels.Factors) examples.labels()).of();
    }
}
