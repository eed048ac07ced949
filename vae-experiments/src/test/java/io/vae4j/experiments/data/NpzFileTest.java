package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.NpzProvider.NpzSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On files that NumPy wrote, see make.py beside them. */
final class NpzFileTest {

    @Test
    void aFileWithSplitsIsTakenAsItIs() throws Exception {
        Dataset data = read("bytes");

        assertThat(data.summary().event()).isEqualTo(new Shape(1, 2, 3));
        assertThat(data.summary().support()).isEqualTo(Support.BYTE_LEVELS);
        assertThat(data.summary().classes()).containsExactly("0", "1", "2");
        assertThat(data.train().count()).isEqualTo(4);
        assertThat(TinySet.pixels(data.train())).startsWith(0, 1, 2, 3, 4, 5, 6).hasSize(24);
        assertThat(TinySet.labels(data.train())).containsExactly(0, 1, 2, 0);
        assertThat(TinySet.pixels(data.test())).startsWith(24, 25);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(1);
        assertThat(data.provenance().sha256()).containsOnlyKeys("bytes.npz");
        assertThat(data.provenance().sha256().get("bytes.npz")).isEqualTo(Sha256.of(Files.readAllBytes(file("bytes"))));
    }

    @Test
    void ofAFileInOnePieceATenthIsSetAside() throws Exception {
        Dataset data = read("floats");

        assertThat(data.summary().event()).isEqualTo(new Shape(2));
        assertThat(data.summary().support()).isEqualTo(Support.REAL);
        assertThat(data.summary().classes()).isEmpty();
        assertThat(data.train().count()).isEqualTo(18);
        assertThat(data.test().count()).isEqualTo(2);
        assertThat(data.train().values().mean()[0] * 18 + data.test().values().mean()[0] * 2)
                .isCloseTo(-20f / 39, within(1e-5f));
    }

    @Test
    void numbersOfTheOtherByteOrderAreRead() throws Exception {
        Dataset data = read("big-endian");

        assertThat(data.summary().support()).isEqualTo(Support.UNIT_INTERVAL);
        assertThat(data.summary().classes()).containsExactly("0", "1");
        assertThat(data.train().values().mean()).hasSize(2);
        assertThat(data.train().values().mean()[0]).isBetween(0.3f, 0.7f);
    }

    @Test
    void channelsThatComeLastAreMovedToTheFront() throws Exception {
        Dataset data = read("channels-last");
        byte[] test = TinySet.pixels(data.test());

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 2, 2));
        // one example counts 0 to 11 by pixel and then by channel
        assertThat(test[1] - test[0]).isEqualTo(3);
        assertThat(test[4] - test[0]).isEqualTo(1);
    }

    @Test
    void truthValuesAreBits() throws Exception {
        assertThat(read("booleans").summary().support()).isEqualTo(Support.BINARY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nan              | element 1 of example 3 is NaN",
                "empty            | the array x has no elements: its shape is [0, 3]",
                "objects          | the array x holds Python objects",
                "negative-label   | label 0 of y is -1; classes are numbers from 0 to 999",
                "too-many-classes | label 10 of y is 1000; classes are numbers from 0 to 999",
                "fewer-labels     | 19 labels for 20 examples",
                "half-labels      | label 0 of y is 0.5, not a whole number",
                "fortran          | Fortran's order",
                "text             | elements of type U1",
                "other-names      | no array x_train or x; the file holds z",
                "other-shape      | (3) and those to train on (2)",
            })
    void whatCannotBeUsedIsRefusedInOneLine(String name, String reason) {
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(name + ".npz")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    /** No byte is there of what the header claims, or none is needed for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<U0  | 1000000000, 2           | elements of type U0",
                "<S0  | 1000000000, 2           | elements of type S0",
                "<f0  | 1000000000, 2           | elements of type f0",
                "<U99999999999 | 2, 2           | elements of type U99999999999",
                "<V8  | 2, 2                    | elements of type V8",
                "<u1  | 4294967296, 0           | sizes (4294967296, 0), which are too large",
                "<u1  | 0, 2147483647, 2147483647, 3 | which are too large",
                "<u1  | 99999999999999999999, 1 | which are too large",
                "<f8  | 4294967296, 4294967296, 4 | which are too large",
                "<f4  | 1000000000, 2           | has 0 bytes of content, and its header says 8000000000",
                "<f4  | 0, 2                    | has no elements",
            })
    void aHeaderThatClaimsImpossibleSizesIsRefusedInOneLine(
            String type, String shape, String reason, @TempDir Path folder) throws IOException {
        Path file = new TinyNpz().with("x", type, shape).write(folder);

        assertThatThrownBy(() -> new NpzSource(file, 0.1).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("made.npz")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // type, bytes of one element in the file, and with all copies in memory
                "<u1 | 1 | 1",
                "<f4 | 4 | 4",
                "<f8 | 8 | 4",
                ">f4 | 4 | 4",
            })
    void allCopiesOfTheDataMustFitIntoMemory(String type, int width, int all, @TempDir Path folder) throws IOException {
        Path file =
                new TinyNpz().with("x", type, "20, 2", new byte[20 * 2 * width]).write(folder);
        int needed = 20 * 2 * all;

        NpzSource source = new NpzSource(file, 0.1);

        assertThat(source.given(new HeapRoom(needed), Gaps.REFUSED)
                        .train()
                        .examples()
                        .count())
                .isEqualTo(20);
        assertThatThrownBy(() -> source.given(new HeapRoom(needed - 1), Gaps.REFUSED))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("bytes of memory");
    }

    /** Whatever bytes are damaged, the answer is a data set or one line. */
    @Test
    void aDamagedFileNeverEndsInAnythingButOneLine(@TempDir Path folder) throws Exception {
        byte[] right = Files.readAllBytes(file("bytes"));
        for (int place = 0; place < right.length; place += 3) {
            byte[] damaged = right.clone();
            damaged[place] ^= (byte) 0xA5;
            Path file = Files.write(folder.resolve("damaged.npz"), damaged);
            try {
                assertThat(new NpzSource(file, 0.1)
                                .load(DataAccess.standard())
                                .train()
                                .count())
                        .isPositive();
            } catch (InvalidInput fault) {
                assertThat(fault.getMessage()).doesNotContain("\n").contains("damaged.npz");
            }
        }
    }

    @Test
    void aCutFileIsRefused(@TempDir Path folder) throws Exception {
        byte[] right = Files.readAllBytes(file("bytes"));
        Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(right, right.length / 2));

        assertThatThrownBy(() -> new NpzSource(cut, 0.1).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the file is cut off, damaged or no npz file")
                .hasMessageEndingWith("; save or copy it anew");
    }

    @Test
    void aFileIsKnownByItsNameOrItsFirstBytes(@TempDir Path folder) throws Exception {
        Path copy = Files.copy(file("bytes"), folder.resolve("no-ending"));

        assertThat(Datasets.at(copy).kind()).isEqualTo("npz");
        assertThatThrownBy(() -> Datasets.at(folder.resolve("nowhere"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Datasets.at(folder))
                .hasMessageContaining("no data set that is known")
                .hasMessageContaining("looked for a folder with MNIST's four files (mnist); ")
                .hasMessageContaining("; a folder of pictures, or of subfolders of them as classes (images)");
    }

    private static Dataset read(String name) throws IOException, URISyntaxException {
        return new NpzSource(file(name), 0.1).load(DataAccess.standard());
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(NpzFileTest.class.getResource("/npz/" + name + ".npz"))
                .toURI());
    }
}
