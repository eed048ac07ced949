package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of many sizes, formats and colors become examples of one shape. */
final class PictureFramingTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    private final List<String> told = new ArrayList<>();

    /** 60 x 40, the left third of it in (200, 100, 50) and the rest black, as Pillow saved it. */
    @ParameterizedTest
    @ValueSource(strings = {"held.jpg", "plain.bmp", "palette.png", "palette.gif"})
    void everyFormatShowsTheSamePicture(String name) throws Exception {
        alone(resource("formats").resolve(name));
        Dataset data = load(List.of(20, 30), PictureColors.AS_FOUND);
        int[] pixels = unsigned(TinySet.pixels(data.train()));

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 20, 30));
        for (int channel = 0; channel < 3; channel++) {
            int row = channel * 600 + 10 * 30;
            assertThat(pixels[row + 3]).isCloseTo(List.of(200, 100, 50).get(channel), within(6));
            assertThat(pixels[row + 20]).isCloseTo(0, within(6));
        }
    }

    @Test
    void sixteenBitsBecomeEight() throws Exception {
        alone(resource("formats").resolve("sixteen.png"));
        Dataset data = load(List.of(), PictureColors.AS_FOUND);
        int[] pixels = unsigned(TinySet.pixels(data.train()));

        assertThat(data.summary().event()).isEqualTo(new Shape(1, 40, 60));
        assertThat(pixels[0]).isEqualTo(200);
        assertThat(pixels[59]).isZero();
    }

    @Test
    void aColorBecomesTheLumaThatPillowGives() throws IOException {
        write(filled(3, 2, new Color(200, 100, 50)), "1.png");
        write(filled(3, 2, new Color(200, 100, 50)), "2.png");
        Dataset data = load(List.of(), PictureColors.GRAY);

        assertThat(data.summary().event()).isEqualTo(new Shape(1, 2, 3));
        // Image.new("RGB", (1, 1), (200, 100, 50)).convert("L").getpixel((0, 0))
        assertThat(unsigned(TinySet.pixels(data.train()))).containsOnly(124);
    }

    @Test
    void picturesOfAnySizeAreCroppedAroundTheirCenter() throws IOException {
        BufferedImage wide = filled(300, 100, Color.RED);
        wide.createGraphics().drawImage(filled(100, 100, Color.BLUE), 100, 0, null);
        write(wide, "1.png");
        write(filled(7, 9, Color.BLUE), "2.png");
        write(filled(1000, 1500, Color.BLUE), "3.png");
        Dataset data = load(List.of(16), PictureColors.AS_FOUND);

        for (Examples split : List.of(data.train(), data.test())) {
            int[] pixels = unsigned(TinySet.pixels(split));
            for (int i = 0; i < pixels.length; i++) {
                assertThat(pixels[i]).isEqualTo(i / 256 % 3 == 2 ? 255 : 0);
            }
        }
    }

    /** Every pixel that is made is a mean of those it covers: a fine board becomes gray, and no pattern. */
    @Test
    void aMuchLargerPictureIsSmoothed() throws IOException {
        BufferedImage board = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            board.setRGB(i % 64, i / 64, (i % 64 + i / 64) % 2 == 0 ? 0xFFFFFF : 0);
        }
        write(board, "1.png");
        write(board, "2.png");

        for (int level :
                unsigned(TinySet.pixels(load(List.of(16), PictureColors.GRAY).train()))) {
            assertThat(level).isCloseTo(127, within(2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "print     | 1.jpg has colors for print, such as CMYK | Image.convert(\"RGB\")",
                "animation | 1.gif holds 2 pictures                   | save the one that is meant",
                "sizes     | all must have one size                   | --set data.set.size=64",
            })
    void whatCannotBeShownWholeIsRefused(String name, String fault, String remedy) throws Exception {
        Path pictures = resource(name);

        assertThatThrownBy(() -> new ImagesSource(pictures, List.of(), PictureColors.AS_FOUND, 0.1).load(access()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(fault)
                .hasMessageContaining(remedy);
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new ImagesSource(folder, List.of(0), PictureColors.RGB, 0.1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("data.set.size is [0]");
        assertThatThrownBy(() -> new ImagesSource(folder, List.of(8, 8, 8), PictureColors.RGB, 0.1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("one number, or height and width");
    }

    @Test
    void filesThatAreNoPicturesByTheirNamesAreToldOf() throws IOException {
        twoPictures();
        Files.writeString(folder.resolve("notes.txt"), "");
        load(List.of(), PictureColors.AS_FOUND);

        assertThat(told).contains("left out 1 file not called .png, .jpg, .jpeg, .bmp, .gif: notes.txt");
    }

    @Test
    void whatBelongsToNoSplitIsToldOf() throws IOException {
        write(gray(7), "train/1.png");
        write(gray(9), "test/1.png");
        write(gray(9), "holdout/1.png");
        Dataset data = load(List.of(), PictureColors.AS_FOUND);

        assertThat(data.train().count()).isEqualTo(1);
        assertThat(told).contains("left out what lies beside the folders of the splits: holdout");
    }

    @Test
    void picturesAreDecodedOnceAndAgainWhenAFileChanges() throws IOException {
        twoPictures();
        load(List.of(), PictureColors.AS_FOUND);
        Path kept = kept();
        Object first = Files.readAttributes(kept, "*").get("fileKey");
        load(List.of(), PictureColors.AS_FOUND);
        assertThat(Files.readAttributes(kept, "*").get("fileKey")).isEqualTo(first);

        write(filled(2, 2, Color.WHITE), "1.png");
        Dataset changed = load(List.of(), PictureColors.AS_FOUND);

        assertThat(unsigned(TinySet.pixels(changed.train()))).doesNotContain(7);
        assertThat(changed.summary().event()).isEqualTo(new Shape(3, 2, 2));
    }

    @Test
    void aByteThatWentBadInTheCacheIsNotBelieved() throws IOException {
        twoPictures();
        byte[] right = TinySet.pixels(load(List.of(), PictureColors.AS_FOUND).train());
        byte[] damaged = Files.readAllBytes(kept());
        damaged[damaged.length - 1] ^= 1;
        Files.write(kept(), damaged);

        assertThat(TinySet.pixels(load(List.of(), PictureColors.AS_FOUND).train()))
                .isEqualTo(right);
        assertThat(told).anySatisfy(line -> assertThat(line).contains("damaged, decoding them anew"));
    }

    @Test
    void aRunSeesOtherPicturesInItsOwnSizeAndColors() throws IOException {
        write(filled(30, 20, Color.BLUE), "a/1.png");
        write(filled(5, 9, Color.BLUE), "b/1.png");
        ImagesSource source = new ImagesSource(folder, List.of(), PictureColors.AS_FOUND, 0.1);
        DataSummary form = new DataSummary(new Shape(1, 4, 6), Support.BYTE_LEVELS, List.of("b"));
        Examples asked = source.asked(access(), form);

        assertThat(asked.count()).isEqualTo(2);
        assertThat(asked.values().event()).isEqualTo(new Shape(1, 4, 6));
        assertThat(unsigned(TinySet.pixels(asked))).containsOnly(29); // 0.114 * 255
        assertThat(asked.labels().classNames()).containsExactly("b", "a");
    }

    private void twoPictures() throws IOException {
        write(gray(7), "1.png");
        write(gray(9), "2.png");
    }

    private Path kept() throws IOException {
        try (var files = Files.walk(cache)) {
            return files.filter(file -> file.endsWith("pictures.u8"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void alone(Path picture) throws IOException {
        for (String name : List.of("1", "2")) {
            Files.copy(picture, folder.resolve(name + picture.getFileName()));
        }
    }

    private Dataset load(List<Integer> size, PictureColors colors) {
        return new ImagesSource(folder, size, colors, 0.5).load(access());
    }

    private DataAccess access() {
        return new DataAccess(cache, Optional.empty(), told::add);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(PictureFramingTest.class.getResource("/pictures/" + name))
                .toURI());
    }

    private static int[] unsigned(byte[] bytes) {
        int[] levels = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            levels[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return levels;
    }

    private static BufferedImage filled(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().setColor(color);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, color.getRGB());
        }
        return image;
    }

    private static BufferedImage gray(int level) {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {level, level, level, level});
        return image;
    }

    private void write(BufferedImage image, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }
}
