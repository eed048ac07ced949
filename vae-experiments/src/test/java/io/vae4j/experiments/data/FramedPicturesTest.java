package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in memory, against those of a folder. */
class FramedPicturesTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    @ParameterizedTest
    @ValueSource(strings = {"held.jpg", "plain.bmp", "palette.png", "palette.gif"})
    void aPictureIsFramedAsInAFolder(String name) throws Exception {
        byte[] file = file(name);
        Files.write(folder.resolve("1-" + name), file);
        Files.write(folder.resolve("2-" + name), file);
        Shape event = new Shape(1, 10, 20);
        Examples ofFolder =
                new ImageFolder(folder, Framing.of(event), new DataAccess(cache, Optional.empty(), line -> {})).asked();

        assertThat(FramedPictures.isPicture(file)).isTrue();
        assertThat(new FramedPictures(event).pixels(file)).isEqualTo(TinySet.pixels(ofFolder.select(0)));
    }

    @Test
    void levelsAreNotTakenForAPicture() {
        byte[] levels = "BM, and other levels".getBytes(StandardCharsets.UTF_8);

        assertThat(FramedPictures.isPicture(levels)).isFalse();
        assertThat(FramedPictures.isPicture(new byte[36])).isFalse();
        assertThat(FramedPictures.isPicture()).isFalse();
    }

    @Test
    void aPictureThatIsCutOffIsRefusedWithARemedy() throws Exception {
        byte[] file = file("palette.png");
        byte[] half = Arrays.copyOf(file, file.length / 2);

        assertThatThrownBy(() -> new FramedPictures(new Shape(1, 4, 4)).pixels(half))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the picture cannot be decoded")
                .hasMessageContaining("PNG, JPEG, BMP or GIF");
    }

    private static byte[] file(String name) throws Exception {
        return Files.readAllBytes(
                Path.of(Objects.requireNonNull(FramedPicturesTest.class.getResource("/pictures/formats/" + name))
                        .toURI()));
    }
}
