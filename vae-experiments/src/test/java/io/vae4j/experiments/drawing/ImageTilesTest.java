package io.vae4j.experiments.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture that a grid wrote gives its images back. */
class ImageTilesTest {

    private static final int SIZE = 5 * 4;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void eachImageComesBackAsItWas(int channels) throws Exception {
        Shape event = new Shape(channels, 5, 4);
        float[] pixels = new float[6 * channels * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 256 / 255f;
        }
        Path file = home.resolve("grid.png");
        ImageGrid.of(pixels, event, 3).write(file);

        ImageTiles tiles = ImageTiles.read(file, event).orElseThrow();

        assertThat(tiles.columns()).isEqualTo(3);
        assertThat(tiles.count()).isEqualTo(6);
        for (int i = 0; i < 6; i++) {
            int size = channels * SIZE;
            assertThat(tiles.image(i)).isEqualTo(Arrays.copyOfRange(pixels, i * size, (i + 1) * size));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.png", "text.png", "other.png"})
    void whatIsNoGridOfSuchImagesGivesNothing(String name) throws Exception {
        Files.writeString(home.resolve("text.png"), "no picture");
        ImageGrid.of(new float[36], new Shape(1, 6, 6), 1).write(home.resolve("other.png"));

        assertThat(ImageTiles.read(home.resolve(name), new Shape(1, 5, 4))).isEmpty();
    }
}
