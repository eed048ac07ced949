package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures whose shapes or classes would get lost, and what to do about them. */
final class PicturesRefusedTest {

    private static final int RED = 0xFFFF0000;
    private static final int HALF_BLACK = 0x80000000;

    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    @Test
    void aShapeThatIsInTheAlphaChannelAloneIsRefused() throws IOException {
        write(colored(0xFF000000, HALF_BLACK), "cat/1.png");

        refused(Path.of("cat", "1.png") + " has pixels that are not opaque, and models see no alpha channel");
        refused("; flatten the pictures onto a background, as by Pillow's Image.alpha_composite");
    }

    @Test
    void aGrayPictureWithTransparentPixelsIsRefused() throws IOException {
        ColorModel grayAlpha = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        BufferedImage gray = new BufferedImage(grayAlpha, grayAlpha.createCompatibleWritableRaster(2, 1), false, null);
        gray.getRaster().setPixel(0, 0, new int[] {9, 255});
        write(gray, "1.png");

        refused("1.png has pixels that are not opaque");
    }

    @Test
    void aTransparentColorOfAPaletteIsRefused() throws IOException {
        byte[] levels = {0, (byte) 200};
        IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels, 0);
        write(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette), "1.png");

        refused("1.png has pixels that are not opaque");
    }

    @Test
    void anAlphaChannelThatHidesNothingIsFine() throws IOException {
        write(colored(RED, RED), "1.png");
        write(colored(RED, RED), "2.png");
        Dataset data = read();

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 1, 2));
        assertThat(TinySet.pixels(data.train())).containsExactly(-1, -1, 0, 0, 0, 0);
    }

    /** A text that nobody can unpack stands for one that would fill the memory. */
    @Test
    void textsInAPictureAreNotUnpacked() throws IOException {
        byte[] levels = {0, (byte) 200};
        IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels);
        write(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette), "1.png");
        write(new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB), "2.png");
        for (String name : List.of("1.png", "2.png")) {
            Path file = folder.resolve(name);
            byte[] text = "Author\0\0not packed at all".getBytes(StandardCharsets.ISO_8859_1);
            Files.write(file, with("zTXt", text, Files.readAllBytes(file)));
        }

        assertThat(read().train().count()).isEqualTo(1);
    }

    @Test
    void aColorThatStandsForNothingIsRefused() throws IOException {
        write(new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB), "1.png");
        Path file = folder.resolve("1.png");
        Files.write(file, with("tRNS", new byte[6], Files.readAllBytes(file)));

        refused("1.png has pixels that are not opaque");
    }

    /** With a chunk right behind the signature and the header. */
    private static byte[] with(String type, byte[] content, byte... png) {
        byte[] chunk = ByteBuffer.allocate(Integer.BYTES + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(chunk);
        int header = 8 + 25;
        return ByteBuffer.allocate(png.length + chunk.length + 2 * Integer.BYTES)
                .put(png, 0, header)
                .putInt(content.length)
                .put(chunk)
                .putInt((int) sum.getValue())
                .put(png, header, png.length - header)
                .array();
    }

    @Test
    void aPictureThatIsNoneIsNamedWithItsClass() throws IOException {
        write(colored(RED), "cat/1.png");
        Files.writeString(
                Files.createDirectory(folder.resolve("dog")).resolve("1.png"), "no picture, whatever its name says");

        refused(Path.of("dog", "1.png") + " is no picture");
        refused("; replace it by a PNG, JPEG, BMP or GIF file, or take it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "validation", "val"})
    void aClassThatIsNotTrainedOnIsRefused(String split) throws IOException {
        write(colored(RED), "train/cat/1.png");
        write(colored(RED), split + "/cat/1.png");
        write(colored(RED), split + "/dog/1.png");

        refused("the class dog has pictures in " + split + " and none in train");
        refused("; put pictures of every class into train, or take dog out of " + split);
    }

    @Test
    void aClassThatIsOnlyTrainedOnIsFine() throws IOException {
        write(colored(RED), "train/cat/1.png");
        write(colored(RED), "train/dog/1.png");
        write(colored(RED), "test/cat/1.png");

        assertThat(read().summary().classes()).containsExactly("cat", "dog");
    }

    @Test
    void classesInOneSplitAndNoneInTheOtherAreRefused() throws IOException {
        write(colored(RED), "train/1.png");
        write(colored(RED), "test/dog/1.png");

        refused("of the folders train and test one has subfolders, which are classes, and the other has none");
    }

    @Test
    void aSinglePictureIsTooFew() throws IOException {
        write(colored(RED), "1.png");

        refused("too few examples to set some aside for the test: 1");
    }

    @Test
    void picturesThatAreGoneAreToldByThePathThatTheyHad() {
        Path gone = folder.resolve("moved");

        assertThatThrownBy(() -> source(gone).load(access()))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the data are gone: there is no such file or folder (" + gone
                        + "); give --data PATH of where they are now");
    }

    /** One row of pixels, alpha first. */
    private static BufferedImage colored(int... pixels) {
        BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, pixels.length, 1, pixels, 0, pixels.length);
        return image;
    }

    private void write(BufferedImage image, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private void refused(String reason) {
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    private Dataset read() {
        return source(folder).load(access());
    }

    private static ImagesSource source(Path folder) {
        return new ImagesSource(folder, List.of(), PictureColors.AS_FOUND, 0.1);
    }

    private DataAccess access() {
        return new DataAccess(cache, Optional.empty(), line -> {});
    }
}
