package io.vae4j.experiments.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written in two portions, read back by DJL's own readers. */
class OutputFormatsTest {

    private static final List<Column> COLUMNS = List.of(
            Column.numbers("missing", DataType.UINT8, new Shape(3)),
            Column.numbers("mean", DataType.FLOAT32, new Shape(2)),
            Column.numbers("nll", DataType.FLOAT64, new Shape()),
            Column.numbers("x", DataType.FLOAT32, new Shape(1, 2, 2)).with(Column.Use.PICTURE),
            Column.classes("label", List.of("cat", "dog, black")));

    @TempDir
    private Path home;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors"})
    void arraysReadBackAsTheyWereWritten(String extension) throws Exception {
        Path file = written("out." + extension);

        WrittenArrays read = WrittenArrays.read(manager, file);

        assertThat(read.arrays()).containsOnlyKeys("missing", "mean", "nll", "label");
        assertThat(read.array("mean").getShape()).isEqualTo(new Shape(3, 2));
        assertThat(read.array("mean").toFloatArray()).containsExactly(0.1f, Float.NaN, 3, -4, 5, 6);
        assertThat(read.array("nll").getShape()).isEqualTo(new Shape(3));
        assertThat(read.array("nll").toDoubleArray()).containsExactly(1e300, 2, 3);
        assertThat(read.array("label").toLongArray()).containsExactly(0, 1, 0);
        assertThat(read.array("missing").toUint8Array()).containsExactly(0, 1, 255, 3, 4, 5, 6, 7, 8);
        assertThat(home).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part*");
    }

    @Test
    void aTableHasAHeadingForEveryElementAndWordsForClasses() throws Exception {
        assertThat(Files.readAllLines(written("out.csv")))
                .containsExactly(
                        "missing_0,missing_1,missing_2,mean_0,mean_1,nll,label",
                        "0,1,255,0.1,NaN,1.0E300,cat",
                        "3,4,5,3.0,-4.0,2.0,\"dog, black\"",
                        "6,7,8,5.0,6.0,3.0,cat");
    }

    @Test
    void aPictureHasTheImages() throws Exception {
        var picture = ImageIO.read(written("out.png").toFile());

        assertThat(picture.getWidth()).isEqualTo(2 * 3 + 1);
        assertThat(picture.getHeight()).isEqualTo(2 * 3 + 1);
        assertThat(picture.getRaster().getSample(1, 1, 0)).isEqualTo(255);
        assertThat(picture.getRaster().getSample(2, 1, 0)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors", "csv", "png"})
    void whatIsNotFinishedLeavesNothingBehindAndAnOlderFileAsItWas(String extension) throws Exception {
        Path path = home.resolve("out." + extension);
        Files.writeString(path, "older");

        try (OutputFile file = OutputTarget.at(path).open(contents())) {
            file.write(first());
            assertThatThrownBy(file::commit).hasMessageContaining("1 rows were given and 3 announced");
        }

        assertThat(path).hasContent("older");
        try (Stream<Path> inside = Files.list(home)) {
            assertThat(inside).containsExactly(path);
        }
    }

    @Test
    void rowsThatDoNotFitAreRefused() throws Exception {
        try (OutputFile file = OutputTarget.at(home.resolve("out.npz")).open(contents())) {
            Map<String, NDArray> other = new HashMap<>(first());
            other.put("mean", manager.zeros(new Shape(1, 3)));

            assertThatThrownBy(() -> file.write(other))
                    .hasMessageContaining("mean")
                    .hasMessageContaining("(1, 3)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.xlsx", "out", "csv", "no-such-folder/out.npz", "folder.npz"})
    void aPlaceThatCannotBeIsOneLine(String name) throws IOException {
        Files.createDirectories(home.resolve("folder.npz"));

        assertThatThrownBy(() -> OutputTarget.at(home.resolve(name)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void vectorsAreNoPicture() {
        Contents vectors = new Contents(List.of(Column.numbers("mean", DataType.FLOAT32, new Shape(2))), 3, 2);

        assertThatThrownBy(() -> OutputTarget.at(home.resolve("out.png")).open(vectors))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(".npz");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aPictureThatFillsTheMemoryIsRefusedBeforeAnythingIsWritten() {
        Contents many = new Contents(
                List.of(Column.numbers("x", DataType.FLOAT32, new Shape(1, 28, 28))
                        .with(Column.Use.PICTURE)),
                100_000,
                16);

        assertThatThrownBy(() -> OutputTarget.at(home.resolve("out.png")).open(many))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("100000 examples is too large")
                .hasMessageContaining(".npz");
        assertThat(home).isEmptyDirectory();
    }

    private static Contents contents() {
        return new Contents(COLUMNS, 3, 2);
    }

    private Path written(String name) throws IOException {
        try (OutputFile file = OutputTarget.at(home.resolve(name)).open(contents())) {
            file.write(first());
            file.write(Map.of(
                    "missing", bytes(2, 3, 4, 5, 6, 7, 8),
                    "mean", manager.create(new float[] {3, -4, 5, 6}, new Shape(2, 2)),
                    "nll", manager.create(new double[] {2, 3}),
                    "x", manager.zeros(new Shape(2, 1, 2, 2)),
                    "label", manager.create(new long[] {1, 0})));
            return file.commit();
        }
    }

    private Map<String, NDArray> first() {
        return Map.of(
                "missing", bytes(1, 0, 1, 255),
                "mean", manager.create(new float[] {0.1f, Float.NaN}, new Shape(1, 2)),
                "nll", manager.create(new double[] {1e300}),
                "x", manager.create(new float[] {1, 0, 0, 1}, new Shape(1, 1, 2, 2)),
                "label", manager.create(new long[] {0}));
    }

    private NDArray bytes(int rows, int... values) {
        return manager.create(values).toType(DataType.UINT8, true).reshape(rows, 3);
    }
}
