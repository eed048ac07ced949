package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On pictures that Pillow wrote, see make.py beside them. */
final class ImageFolderTest {

    @TempDir
    private Path cache;

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

    @ParameterizedTest
    @ValueSource(strings = {"validation", "val"})
    void aFolderOfThatNameIsTheValidationSplit(String name, @TempDir Path folder) throws IOException {
        picture(folder.resolve("train/cat/1.png"), 10);
        picture(folder.resolve("train/dog/1.png"), 20);
        picture(folder.resolve("test/dog/1.png"), 30);
        picture(folder.resolve(name + "/cat/1.png"), 40);
        Dataset data = read(folder);

        assertThat(TinySet.pixels(data.train())).containsExactly(10, 20);
        assertThat(TinySet.pixels(data.validation().orElseThrow())).containsExactly(40);
        assertThat(TinySet.labels(data.validation().orElseThrow())).containsExactly(0);
        assertThat(TinySet.pixels(data.test())).containsExactly(30);
        assertThat(data.summary().classes()).containsExactly("cat", "dog");
        assertThat(data.provenance().sha256()).containsOnlyKeys("4 pictures");
    }

    @Test
    void withValidationAndNoTestAShareOfTheTrainingPicturesIsHeldOut(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 10; i++) {
            picture(folder.resolve("train/" + i + ".png"), i);
        }
        picture(folder.resolve("val/1.png"), 99);
        Dataset data = read(folder);

        assertThat(data.train().count()).isEqualTo(9);
        assertThat(data.test().count()).isEqualTo(1);
        assertThat(TinySet.pixels(data.validation().orElseThrow())).containsExactly(99);
        assertThat(data.summary().classes()).isEmpty();
    }

    @Test
    void foldersAndFilesThatBeginWithADotAreNoClassesAndNoPictures(@TempDir Path folder) throws IOException {
        picture(folder.resolve("cat/1.png"), 1);
        picture(folder.resolve("cat/.ipynb_checkpoints/1.png"), 2);
        picture(folder.resolve("cat/._1.png"), 3);
        picture(folder.resolve("dog/1.png"), 4);
        picture(folder.resolve(".git/1.png"), 5);

        assertThat(read(folder).summary().classes()).containsExactly("cat", "dog");
        assertThat(read(folder).provenance().sha256()).containsOnlyKeys("2 pictures");
    }

    @Test
    void picturesBelowTheFolderOfAClassAreRefused(@TempDir Path folder) throws IOException {
        picture(folder.resolve("cat/sub/1.png"), 1);
        picture(folder.resolve("dog/1.png"), 2);

        refused(folder, Path.of("sub/1.png") + " lies too deep in cat, which is the folder of a class");
    }

    @Test
    void twoFoldersOfValidationAreRefused(@TempDir Path folder) throws IOException {
        picture(folder.resolve("train/1.png"), 1);
        picture(folder.resolve("val/1.png"), 2);
        picture(folder.resolve("validation/1.png"), 3);

        refused(folder, "both folders validation and val");
    }

    @Test
    void moreThanAThousandFoldersAreNoClasses(@TempDir Path folder) throws IOException {
        picture(folder.resolve("0/1.png"), 1);
        byte[] picture = Files.readAllBytes(folder.resolve("0/1.png"));
        for (int i = 1; i <= 1000; i++) {
            Files.write(
                    Files.createDirectory(folder.resolve(Integer.toString(i))).resolve("1.png"), picture);
        }

        refused(folder, "1001 subfolders of pictures, and 1000 classes are the most");
    }

    @Test
    void foldersOfClassesMayBeLinks(@TempDir Path folder) throws IOException {
        for (String name : List.of("cat", "dog")) {
            picture(folder.resolve("elsewhere/" + name + "/1.png"), 10);
            picture(folder.resolve("elsewhere/" + name + "/2.png"), 20);
        }
        Path linked = Files.createDirectories(folder.resolve("linked"));
        for (String name : List.of("cat", "dog")) {
            Files.createSymbolicLink(
                    linked.resolve(name), folder.resolve("elsewhere").resolve(name));
        }

        assertThat(new ImagesProvider().at(linked)).isPresent();
        assertThat(read(linked).train().labels().classNames()).containsExactly("cat", "dog");
    }

    @Test
    void aFolderWithoutPicturesIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("cat")).resolve("notes.txt"), "no picture");

        refused(folder, "there is no PNG, JPEG, BMP or GIF file in " + folder.getFileName());
        assertThatThrownBy(() -> Datasets.at(folder)).hasMessageContaining("no data set that is known");
    }

    /** As the superuser every folder can be read, and there is nothing to see. */
    @Test
    void aFolderThatCannotBeReadIsToldInOneLine(@TempDir Path folder) throws IOException {
        picture(folder.resolve("dog/1.png"), 1);
        File closed = Files.createDirectory(folder.resolve("cat")).toFile();
        assumeThat(closed.setReadable(false)).isTrue();
        try {
            assumeThat(closed.canRead()).isFalse();

            assertThat(Datasets.at(folder).kind()).isEqualTo("images");
            refused(folder, "there is no permission for");
        } finally {
            assertThat(closed.setReadable(true)).isTrue();
        }
    }

    /** Only the header is there: whoever believed it would allocate 10 GB. */
    @Test
    void aHeaderThatClaimsAHugePictureIsRefused(@TempDir Path folder) throws IOException {
        forge(picture(folder.resolve("1.png"), 1), 100_000, 8, 0);

        refused(folder, "1.png has 10000000000 pixels; up to 67108864 are read");
    }

    /** As many pixels as are read, each of four 16-bit numbers: their raster alone is half a gigabyte. */
    @Test
    void aHeaderWhoseRasterWouldFillTheMemoryIsRefused(@TempDir Path folder) throws IOException {
        forge(picture(folder.resolve("1.png"), 1), 8192, 16, 6);

        refused(folder, "1.png takes 1141129233 bytes of memory, and there is room for");
    }

    /** Makes a PNG claim a size, a depth in bits and a type of color. */
    private static void forge(Path png, int side, int depth, int color) throws IOException {
        byte[] bytes = Files.readAllBytes(png);
        int header = 12; // a PNG begins with 8 bytes and the length of its first chunk: type, width, height, depth ...
        ByteBuffer.wrap(bytes)
                .putInt(header + 4, side)
                .putInt(header + 8, side)
                .put(header + 12, (byte) depth)
                .put(header + 13, (byte) color);
        CRC32 sum = new CRC32();
        sum.update(bytes, header, 17);
        ByteBuffer.wrap(bytes).putInt(header + 17, (int) sum.getValue());
        Files.write(png, bytes);
    }

    private void refused(Path folder, String reason) {
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(folder.toString())
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    /** One gray pixel. */
    private static Path picture(Path file, int level) throws IOException {
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        pixel.getRaster().setSample(0, 0, 0, level);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(pixel, "png", file.toFile())).isTrue();
        return file;
    }

    @Test
    void aFolderOfPicturesIsKnownAsOne() throws Exception {
        assertThat(Datasets.at(folder("splits")).kind()).isEqualTo("images");
    }

    private Dataset read(String name) throws URISyntaxException {
        return read(folder(name));
    }

    private Dataset read(Path folder) {
        return new ImagesSource(folder, List.of(), PictureColors.AS_FOUND, 0.1)
                .load(new DataAccess(cache, Optional.empty(), line -> {}));
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ImageFolderTest.class.getResource("/pictures/" + name))
                .toURI());
    }
}
