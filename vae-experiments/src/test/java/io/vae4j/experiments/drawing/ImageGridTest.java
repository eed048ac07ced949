package io.vae4j.experiments.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageGridTest {

    private static final int LINE = 0x50;

    @TempDir
    Path folder;

    @Test
    void placesEachPixelOfEachImageRowByRow() throws IOException {
        // Three images of 2 x 3 in two columns: every pixel has a gray of its own.
        float[] pixels = new float[18];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i + 1) / 255f;
        }
        BufferedImage picture = written(ImageGrid.of(pixels, new Shape(1, 2, 3), 2));

        assertThat(picture.getWidth()).isEqualTo(1 + 2 * (3 + 1));
        assertThat(picture.getHeight()).isEqualTo(1 + 2 * (2 + 1));
        int[][] expected = {
            {LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE},
            {LINE, 1, 2, 3, LINE, 7, 8, 9, LINE},
            {LINE, 4, 5, 6, LINE, 10, 11, 12, LINE},
            {LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE},
            {LINE, 13, 14, 15, LINE, LINE, LINE, LINE, LINE},
            {LINE, 16, 17, 18, LINE, LINE, LINE, LINE, LINE},
            {LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE},
        };
        for (int y = 0; y < expected.length; y++) {
            assertThat(picture.getRaster().getSamples(0, y, 9, 1, 0, (int[]) null))
                    .as("row " + y)
                    .containsExactly(expected[y]);
        }
    }

    @Test
    void clampsWhatIsOutsideAndPaintsNotANumberBlack() throws IOException {
        float[] pixels = {-3f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};
        BufferedImage picture = written(ImageGrid.of(pixels, new Shape(1, 1, 6), 1));
        assertThat(picture.getRaster().getSamples(1, 1, 6, 1, 0, (int[]) null)).containsExactly(0, 255, 0, 255, 0, 128);
    }

    @Test
    void givesEqualBytesForEqualImages() {
        float[] images = new Digits(3).images(5, 0.5, 0);
        assertThat(ImageGrid.of(images, new Shape(1, 28, 28), 3).png())
                .isEqualTo(ImageGrid.of(images.clone(), new Shape(1, 28, 28), 3).png())
                .isNotEqualTo(ImageGrid.of(images, new Shape(1, 28, 28), 5).png());
    }

    @Test
    void replacesAnOlderFileAndLeavesNoOtherBehind() throws IOException {
        Path file = folder.resolve("images/samples.png");
        ImageGrid.of(new float[] {0}, new Shape(1, 1, 1), 1).write(file);
        ImageGrid white = ImageGrid.of(new float[] {1}, new Shape(1, 1, 1), 1);
        white.write(file);
        assertThat(file).hasBinaryContent(white.png());
        try (Stream<Path> files = Files.list(folder.resolve("images"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leavesNoTemporaryFileWhenTheTargetCannotBeReplaced() throws IOException {
        Path occupied = folder.resolve("taken.png");
        Files.createDirectories(occupied.resolve("inside"));
        ImageGrid grid = ImageGrid.of(new float[] {0}, new Shape(1, 1, 1), 1);
        assertThatIOException().isThrownBy(() -> grid.write(occupied));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(occupied);
        }
    }

    @Test
    void threeChannelsAreRedGreenAndBlue(@TempDir Path folder) throws IOException {
        float[] redThenBlue = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        Path file = folder.resolve("color.png");
        ImageGrid grid = ImageGrid.of(redThenBlue, new Shape(3, 1, 2), 2);
        grid.write(file);
        BufferedImage picture = ImageIO.read(file.toFile());

        assertThat(grid.channels()).isEqualTo(3);
        assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
        assertThat(picture.getRGB(4, 1) & 0xFFFFFF).isEqualTo(0x0000FF);
        assertThatIllegalArgumentException().isThrownBy(() -> ImageGrid.of(redThenBlue, new Shape(2, 1, 2), 2));
    }

    @Test
    void refusesPixelsThatAreNotWholeImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGrid.of(new float[5], new Shape(1, 2, 2), 1))
                .withMessageContaining("5 numbers")
                .withMessageContaining("(1, 2, 2)");
        assertThatIllegalArgumentException().isThrownBy(() -> ImageGrid.of(new float[0], new Shape(1, 2, 2), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageGrid.of(new float[4], new Shape(1, 2, 2), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGrid.of(new float[4], new Shape(1, 65536, 65536), 1));
    }

    private BufferedImage written(ImageGrid grid) throws IOException {
        Path file = folder.resolve("grid.png");
        grid.write(file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getRaster().getNumBands()).isOne();
        return picture;
    }
}
