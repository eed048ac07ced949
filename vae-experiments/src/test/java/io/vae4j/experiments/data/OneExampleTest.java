package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneExampleTest {

    /** Two pixels of three channels. */
    private static final Shape COLORS = new Shape(3, 1, 2);

    @TempDir
    private Path folder;

    @Test
    void aGrayPictureIsInAllChannels() throws IOException {
        BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        gray.getRaster().setSample(1, 0, 0, 200);

        assertThat(bytes(read(picture(gray)))).containsExactly(0, 200, 0, 200, 0, 200);
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() throws IOException {
        Path large = picture(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY));

        assertThatThrownBy(() -> read(large))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the picture is 4 x 4 and an example 2 x 1");
    }

    /** A few bytes may claim a picture that fills the memory. */
    @Test
    void aPictureOfAnotherSizeIsRefusedByItsHeader() throws IOException {
        Path large = picture(new BufferedImage(4000, 3000, BufferedImage.TYPE_BYTE_GRAY));
        byte[] header = Arrays.copyOf(Files.readAllBytes(large), 60);
        Files.write(large, header);

        assertThatThrownBy(() -> read(large))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the picture is 4000 x 3000 and an example 2 x 1");
    }

    @Test
    void aPictureThatLiesAndShouldStandIsRefused() throws IOException {
        Path standing = picture(new BufferedImage(1, 2, BufferedImage.TYPE_BYTE_GRAY));

        assertThatThrownBy(() -> read(standing))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the picture is 1 x 2 and an example 2 x 1");
    }

    @Test
    void anArrayOfThePlaneIsInAllChannels() throws IOException {
        assertThat(bytes(read(array("|u1", "1, 2", 0, 7)))).containsExactly(0, 7, 0, 7, 0, 7);
    }

    @Test
    void anArrayOfTheWholeExampleIsTakenAsItIs() throws IOException {
        assertThat(bytes(read(array("|u1", "3, 1, 2", 1, 2, 3, 4, 5, 6)))).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** As numpy.save writes True and False. */
    @Test
    void truthIsOne() throws IOException {
        Examples one = read(array("|b1", "1, 2", 0, 1)).orElseThrow();
        ByteBuffer row = ByteBuffer.allocate(one.values().exampleBytes()).order(ByteOrder.nativeOrder());
        one.values().read(0, row);

        assertThat(row.getFloat(0)).isZero();
        assertThat(row.getFloat(5 * Float.BYTES)).isOne();
    }

    @Test
    void aPlaneOfAnotherSizeIsRefused() throws IOException {
        Path wide = array("|u1", "1, 3", 0, 1, 2);

        assertThatThrownBy(() -> read(wide))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the array has shape (1, 3) and an example (3, 1, 2)");
    }

    @Test
    void anArrayOfExamplesIsNotOne() throws IOException {
        assertThat(read(array("|u1", "2, 3, 1, 2", new int[12]))).isEmpty();
    }

    @Test
    void filesOfOtherKindsAreNotOne() throws IOException {
        assertThat(read(Files.createFile(folder.resolve("some.npz")))).isEmpty();
    }

    private static Optional<Examples> read(Path file) {
        return new OneExample(file, COLORS).examples();
    }

    private Path picture(BufferedImage image) throws IOException {
        Path file = folder.resolve("one.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private Path array(String type, String shape, int... content) throws IOException {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return Files.write(folder.resolve("one.npy"), TinyNpz.array(type, shape, bytes));
    }

    private static int[] bytes(Optional<Examples> read) throws IOException {
        Values values = read.orElseThrow().values();
        ByteBuffer row = ByteBuffer.allocate(values.exampleBytes());
        values.read(0, row);
        int[] bytes = new int[values.exampleBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Byte.toUnsignedInt(row.get(i));
        }
        return bytes;
    }
}
