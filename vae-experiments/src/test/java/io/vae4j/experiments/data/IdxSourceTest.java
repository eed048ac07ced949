package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.IdxProvider.IdxSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of IDX files of which nothing is known beforehand. */
final class IdxSourceTest {

    private static final byte[] IMAGES = TinySet.idx(IdxShape.images(3, 2, 1), new byte[] {1, 2, 3, 4, 5, 6});
    private static final byte[] LABELS = TinySet.idx(IdxShape.labels(3), new byte[] {1, 3, 2});
    private static final byte[] TEST_IMAGES = TinySet.idx(IdxShape.images(2, 2, 1), new byte[] {7, 8, 9, 10});
    private static final byte[] TEST_LABELS = TinySet.idx(IdxShape.labels(2), new byte[] {3, 1});

    @TempDir
    private Path folder;

    @BeforeEach
    void writeLetters() throws IOException {
        write("emnist-letters-train-images-idx3-ubyte.gz", TinySet.gzip(IMAGES));
        write("emnist-letters-train-labels-idx1-ubyte.gz", TinySet.gzip(LABELS));
        write("emnist-letters-test-images-idx3-ubyte", TEST_IMAGES);
        write("emnist-letters-test-labels-idx1-ubyte", TEST_LABELS);
    }

    @Test
    void aFolderIsRecognizedAndItsClassesKeepTheirNumbers() {
        Datasets.Found found = Datasets.at(folder);
        Dataset data = found.source().load(DataAccess.standard());

        assertThat(found.kind()).isEqualTo("idx");
        assertThat(data.name()).isEqualTo("emnist-letters");
        assertThat(data.summary().event()).isEqualTo(new Shape(1, 2, 1));
        assertThat(data.summary().classes()).containsExactly("1", "2", "3");
        assertThat(TinySet.labels(data.train())).containsExactly(0, 2, 1);
        assertThat(TinySet.labels(data.test())).containsExactly(2, 0);
        assertThat(TinySet.pixels(data.train())).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(TinySet.pixels(data.test())).containsExactly(7, 8, 9, 10);
        assertThat(data.provenance().sha256())
                .hasSize(4)
                .containsEntry("emnist-letters-train-images-idx3-ubyte.gz", Sha256.of(IMAGES));
    }

    @Test
    void ofSeveralDataSetsOneIsNamedByItsPrefixOrByOneOfItsFiles() throws IOException {
        write("emnist-digits-train-images-idx3-ubyte", IMAGES);
        Path file = folder.resolve("emnist-letters-train-labels-idx1-ubyte.gz");

        refused()
                .hasMessageContaining("several data sets: emnist-digits, emnist-letters")
                .hasMessageContaining("--set data.set.prefix=emnist-letters");
        assertThat(source(Optional.of("emnist-digits"))
                        .load(DataAccess.standard())
                        .train()
                        .count())
                .isEqualTo(2);
        assertThat(Datasets.at(file).source()).isEqualTo(source(Optional.of("emnist-letters")));
    }

    @Test
    void colorsMayComeFirstOrLast() throws IOException {
        byte[] pixels = new byte[2 * 3 * 2 * 2];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        Path other = Files.createDirectory(folder.resolve("color"));
        Files.write(other.resolve("train-images-idx4-ubyte"), TinySet.idx(new IdxShape(List.of(2, 2, 2, 3)), pixels));
        Files.write(other.resolve("t10k-images-idx4-ubyte"), TinySet.idx(new IdxShape(List.of(2, 3, 2, 2)), pixels));
        Dataset data = Datasets.at(other).source().load(DataAccess.standard());

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 2, 2));
        assertThat(TinySet.pixels(data.train())).startsWith(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 12);
        assertThat(TinySet.pixels(data.test())).startsWith(0, 1, 2, 3);
        assertThat(data.summary().classes()).isEmpty();
    }

    @Test
    void theTestFilesArePutToATrainedModel() {
        DataSummary form = new DataSummary(new Shape(1, 2, 1), Support.BYTE_LEVELS, List.of("3", "2", "1"));
        Examples asked = source(Optional.empty()).asked(DataAccess.standard(), form);

        assertThat(TinySet.pixels(asked)).containsExactly(7, 8, 9, 10);
        assertThat(TinySet.labels(asked)).containsExactly(0, 2);
    }

    @Test
    void aFileThatIsCutOffIsRefusedBeforeItIsRead() throws IOException {
        write("emnist-letters-test-images-idx3-ubyte", Arrays.copyOf(TEST_IMAGES, TEST_IMAGES.length - 1));

        refused()
                .hasMessageContaining("emnist-letters-test-images-idx3-ubyte has 19 bytes, and its header says"
                        + " 2 x 2 x 1 images (magic 2051), which takes 20");
    }

    @Test
    void aPackedFileWhoseHeaderClaimsMoreThanItHoldsIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] forged = IMAGES.clone();
        ByteBuffer.wrap(forged).putInt(Integer.BYTES, 1 << 30);
        write("emnist-letters-train-images-idx3-ubyte.gz", TinySet.gzip(forged));

        refused()
                .hasMessageContaining("has 22 bytes, and its header says 1073741824 x 2 x 1 images")
                .hasMessageContaining("which takes 2147483664");
    }

    @Test
    void sizesThatOverflowAreRefused() throws IOException {
        byte[] forged = TinySet.idx(new IdxShape(List.of(1 << 30, 1 << 30, 1 << 30, 1 << 30)), new byte[4]);
        write("emnist-letters-train-images-idx3-ubyte.gz", TinySet.gzip(forged));

        refused().hasMessageContaining("and its header says 1073741824 x 1073741824 x");
    }

    @Test
    void sizesThatOverflowBeforeAnEmptyAxisAreRefused() throws IOException {
        IdxShape shape = new IdxShape(List.of(1_101_294_689, 2_125_598_464, 128, 0));
        write("emnist-letters-train-images-idx3-ubyte.gz", TinySet.gzip(TinySet.idx(shape, new byte[0])));

        refused().hasMessageContaining("has no elements");
    }

    @Test
    void numbersThatAreNoBytesAreRefused() throws IOException {
        byte[] floats = IMAGES.clone();
        ByteBuffer.wrap(floats).putInt(0xD03);
        write("emnist-letters-train-images-idx3-ubyte.gz", TinySet.gzip(floats));

        refused().hasMessageContaining("begins as magic 3331, not as an IDX file of bytes");
    }

    @Test
    void whatIsNotPackedAtAllIsRefused() throws IOException {
        write("emnist-letters-train-images-idx3-ubyte.gz", IMAGES);

        refused().hasMessageContaining("emnist-letters-train-images-idx3-ubyte.gz cannot be unpacked");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("emnist-letters-test-labels-idx1-ubyte", new byte[0]);

        refused().hasMessageContaining("emnist-letters-test-labels-idx1-ubyte begins as ");
    }

    @Test
    void labelsAreHeldAgainstTheImages() throws IOException {
        write("emnist-letters-test-labels-idx1-ubyte", LABELS);

        refused().hasMessageContaining("holds 3 labels for 2 examples");
        write("emnist-letters-test-labels-idx1-ubyte", TinySet.idx(IdxShape.labels(2), new byte[] {3, 0}));
        refused().hasMessageContaining("is 0, a class that does not occur in");
        Files.delete(folder.resolve("emnist-letters-test-labels-idx1-ubyte"));
        refused().hasMessageContaining("some splits have labels and some have none");
    }

    @Test
    void aFolderWithoutImagesToTrainOnIsRefused() throws IOException {
        Files.delete(folder.resolve("emnist-letters-train-images-idx3-ubyte.gz"));

        refused()
                .hasMessageContaining("there is no file of images to train on, such as train-images-idx3-ubyte, among"
                        + " emnist-letters-test-images-idx3-ubyte, ");
    }

    /** Whatever byte is damaged, the answer is a data set or one line. */
    @Test
    void aDamagedFileNeverEndsInAnythingButOneLine() throws IOException {
        for (String name :
                List.of("emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-test-images-idx3-ubyte")) {
            byte[] right = Files.readAllBytes(folder.resolve(name));
            for (int place = 0; place < right.length; place++) {
                byte[] damaged = right.clone();
                damaged[place] ^= (byte) 0xA5;
                write(name, damaged);
                try {
                    assertThat(source(Optional.empty())
                                    .load(DataAccess.standard())
                                    .train()
                                    .count())
                            .isPositive();
                } catch (InvalidInput fault) {
                    assertThat(fault.getMessage()).doesNotContain("\n").contains(folder.toString());
                }
            }
            write(name, right);
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(() -> source(Optional.empty()).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining(folder.toString());
    }

    private IdxSource source(Optional<String> prefix) {
        return new IdxSource(folder, prefix, 0.1);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }
}
