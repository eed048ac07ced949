package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.NpyProvider.NpySource;
import io.vae4j.experiments.data.NpzProvider.NpzSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On files that NumPy wrote, see make.py beside them. */
final class NpySourceTest {

    @Test
    void oneArrayIsExamplesOfWhichATenthIsSetAside() throws URISyntaxException {
        Datasets.Found found = Datasets.at(resource("x.npy"));
        Dataset data = found.source().load(DataAccess.standard());

        assertThat(found.kind()).isEqualTo("npy");
        assertThat(data.summary().event()).isEqualTo(new Shape(1, 2, 3));
        assertThat(data.summary().support()).isEqualTo(Support.BYTE_LEVELS);
        assertThat(data.train().count()).isEqualTo(18);
        assertThat(data.test().count()).isEqualTo(2);
    }

    @Test
    void aFolderOfArraysHasSplitsAndLabels() throws Exception {
        Path folder = resource("splits");
        Dataset data = Datasets.at(folder).source().load(DataAccess.standard());

        assertThat(data.name()).isEqualTo("splits");
        assertThat(TinySet.labels(data.train())).containsExactly(0, 1, 2, 0);
        assertThat(data.test().count()).isEqualTo(2);
        assertThat(CsvSourceTest.floats(data.test())).containsExactly(8, 9, 10, 11);
        assertThat(data.provenance().sha256())
                .containsOnlyKeys("x_test.npy", "x_train.npy", "y_test.npy", "y_train.npy")
                .containsEntry("x_test.npy", Sha256.of(Files.readAllBytes(folder.resolve("x_test.npy"))));
    }

    /** With room for nothing, examples stay in their file, and are what they are in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "x_train.npy"})
    void anArrayThatDoesNotFitIntoMemoryStaysInItsFile(String name, @TempDir Path folder) throws Exception {
        Path file = name.equals("x.npy") ? resource(name) : resource("splits").resolve(name);
        Path alone = Files.copy(file, folder.resolve("x.npy"));
        NpySource source = new NpySource(alone, 0.1);
        Dataset buffered = source.given(new HeapRoom(1000), Gaps.REFUSED).dataset(0.3);
        Dataset mapped = source.given(new HeapRoom(0), Gaps.REFUSED).dataset(0.3);

        assertThat(buffered.train().values().isMapped()).isFalse();
        assertThat(mapped.train().values().isMapped()).isTrue();
        assertThat(mapped.summary()).isEqualTo(buffered.summary());
        assertThat(mapped.provenance()).isEqualTo(buffered.provenance());
        assertThat(TinySet.pixels(mapped.train())).isEqualTo(TinySet.pixels(buffered.train()));
        assertThat(TinySet.pixels(mapped.test())).isEqualTo(TinySet.pixels(buffered.test()));
    }

    @Test
    void unsignedNumbersOfEightBytesStayPositive() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] file = npy("<u8", "2,", numbers.putLong(3).putLong(-1).array());
        NumpyArray array = NumpyArray.read(
                new ByteArrayInputStream(file), file.length, NumpyArray.Elements.AS_STORED, HeapRoom.ofProcess());

        assertThat(array.number(0)).isEqualTo(3);
        assertThat(array.number(1)).isEqualTo(0x1p64);
    }

    /** An array of elements in their order, little end first. */
    private static byte[] npy(String type, String shape, byte... elements) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        byte[] file = new byte[10 + header.length() + elements.length];
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(elements);
        return file;
    }

    @Test
    void whatIsNotANumberIsMissingWhereThatMayBe() throws Exception {
        DataSummary form = new DataSummary(new Shape(2), Support.REAL, List.of());
        Path gaps = resource("gaps.npy");
        IncompleteExamples asked = new NpySource(gaps, 0.1).incomplete(DataAccess.standard(), form);

        assertThat(missing(asked)).containsExactly("0:1", "2:0");
        assertThat(CsvSourceTest.floats(asked.examples())).containsExactly(0, 0, 2, 3, 0, 5);
        assertThatThrownBy(() -> new NpySource(gaps, 0.1).asked(DataAccess.standard(), form))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("element 1 of example 0 is NaN");
    }

    /** With room for nothing, the array stays in its file. */
    @Test
    void whatIsNotANumberInAMappedFileIsMissingOrRefusedAsInMemory(@TempDir Path folder) throws Exception {
        ByteBuffer numbers = ByteBuffer.allocate(6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(new float[] {0, Float.NaN, 2, 3, Float.NaN, 5});
        NpySource gaps = new NpySource(Files.write(folder.resolve("x.npy"), npy("<f4", "3, 2", numbers.array())), 0.1);
        IncompleteExamples mapped = gaps.given(new HeapRoom(0), Gaps.KEPT).train();

        assertThat(mapped.examples().values().isMapped()).isTrue();
        assertThat(missing(mapped)).containsExactly("0:1", "2:0");
        assertThat(CsvSourceTest.floats(mapped.examples())).containsExactly(0, 0, 2, 3, 0, 5);
        assertThatThrownBy(() -> gaps.given(new HeapRoom(0), Gaps.REFUSED))
                .hasMessageContaining("in the array x: element 1 of example 0 is NaN");
    }

    /** Channels come first for the model, whatever the order in the file. */
    @Test
    void whatIsMissingOfAnImageIsNamedByItsPlaceInTheEvent(@TempDir Path folder) throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(2 * 2 * 2 * 3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pixels.putFloat(Float.BYTES * (12 + 3 * 1 + 2), Float.NaN); // example 1, second pixel, third channel
        Path file = new TinyNpz().with("x", "<f4", "2, 2, 2, 3", pixels.array()).write(folder);

        assertThat(missing(new NpzSource(file, 0.1)
                        .given(HeapRoom.ofProcess(), Gaps.KEPT)
                        .train()))
                .containsExactly("1:9");
    }

    @Test
    void anNpzFileMayHaveGapsTheSameWay() throws Exception {
        DataSummary form = new DataSummary(new Shape(2), Support.REAL, List.of());
        Path file = Path.of(
                Objects.requireNonNull(getClass().getResource("/npz/nan.npz")).toURI());

        assertThat(missing(new NpzSource(file, 0.1).incomplete(DataAccess.standard(), form)))
                .containsExactly("3:1");
    }

    @Test
    void aFileThatIsNoArrayIsOneLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.npy"), "words");

        assertThatThrownBy(() -> new NpySource(file, 0.1).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("x.npy does not begin as a NumPy array")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderOfOtherArraysIsNotTaken(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("weights.npy"), "words");

        assertThatThrownBy(() -> Datasets.at(folder)).hasMessageContaining("a folder with x_train.npy (npy)");
    }

    /** What is missing, as example:element. */
    static List<String> missing(IncompleteExamples examples) {
        return IntStream.range(0, examples.examples().count())
                .boxed()
                .flatMap(i -> examples.missing().of(i).stream().mapToObj(element -> i + ":" + element))
                .toList();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(NpySourceTest.class.getResource("/npy/" + name))
                .toURI());
    }
}
