package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On pictures that Pillow wrote, see make.py beside them. */
final class ImageFolderTest {

    @Test
    void subfoldersAreClasses() throws Exception {
        Dataset data = read("classes");

        assertThat(data.summary().event()).isEqualTo(new Shape(1, 3, 4));
        assertThat(data.summary().classes()).containsExactly("circle", "square");
        assertThat(data.train().count()).isEqualTo(9);
        assertThat(data.test().count()).isEqualTo(1);
        assertThat(data.provenance().sha256()).containsOnlyKeys("10 pictures");
    }

    @Test
    void grayLevelsAreThoseOfTheFile() throws Exception {
        Dataset data = read("classes");
        byte[] pixels = TinySet.pixels(data.train());

        // the first picture, unless it was set aside: a ramp in steps of 20
        assertThat(pixels[1] - pixels[0]).isEqualTo(20);
        assertThat(Byte.toUnsignedInt(pixels[11]) - Byte.toUnsignedInt(pixels[0]))
                .isEqualTo(220);
    }

    @Test
    void oneColoredPictureMakesAllOfThreeChannels() throws Exception {
        Dataset data = read("color");
        int size = 12;
        byte[] first = TinySet.pixels(data.train());

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 3, 4));
        assertThat(data.summary().classes()).isEmpty();
        // red rises by 20 from pixel to pixel, green falls, blue rises by 10
        assertThat(first[1] - first[0]).isEqualTo(20);
        assertThat(Byte.toUnsignedInt(first[size + 1]) - Byte.toUnsignedInt(first[size]))
                .isEqualTo(-20);
        assertThat(first[2 * size + 1] - first[2 * size]).isEqualTo(10);
    }

    @Test
    void foldersThatAreCalledTrainAndTestAreTheSplits() throws Exception {
        Dataset data = read("splits");

        assertThat(data.train().count()).isEqualTo(3);
        assertThat(data.test().count()).isEqualTo(1);
        assertThat(TinySet.pixels(data.test())[0]).isEqualTo((byte) 9);
        assertThat(data.summary().classes()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sizes   | all must have one size",
                "corrupt | b.png cannot be decoded",
                "half    | in subfolders, which are classes, and some are not",
            })
    void whatCannotBeUsedIsRefusedInOneLine(String name, String reason) {
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aFolderOfPicturesIsKnownAsOne() throws Exception {
        assertThat(Datasets.at(folder("splits")).kind()).isEqualTo("images");
    }

    private static Dataset read(String name) throws URISyntaxException {
        return new ImagesSource(folder(name), 0.1).load(DataAccess.standard());
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ImageFolderTest.class.getResource("/pictures/" + name))
                .toURI());
    }
}
