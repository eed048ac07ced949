package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappedRowsTest {

    @TempDir
    private Path folder;

    @Test
    void aRowIsFoundInWhicheverPartOfTheFileItLies() throws IOException {
        Path file = Files.write(folder.resolve("rows"), new byte[] {99, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        MappedRows rows = MappedRows.of(file, 1, 5, 2, 5); // parts of two rows, two rows and one

        assertThat(rows.parts()).hasSize(3);
        ByteBuffer read = ByteBuffer.allocate(10);
        for (int row : new int[] {4, 1, 2, 0, 3}) {
            rows.read(row, read);
        }
        assertThat(read.array()).containsExactly(8, 9, 2, 3, 4, 5, 0, 1, 6, 7);
    }

    @Test
    void aFileThatIsTooShortIsRefusedBeforeItIsMapped() throws IOException {
        Path file = Files.write(folder.resolve("short"), new byte[11]);

        assertThatThrownBy(() -> Values.ofMappedBytes(file, 2, 5, new Shape(2)))
                .isInstanceOf(EOFException.class)
                .hasMessage("short has 11 bytes, and 12 are expected");
    }

    /** Its last pages are no longer there, which Java says by an error of its own. */
    @Test
    void aFileThatIsCutWhileItIsMappedIsToldInOneLine() throws IOException {
        Path file = Files.write(folder.resolve("rows"), new byte[1 << 20]);
        MappedRows rows = MappedRows.of(file, 0, 1 << 10, 1 << 10);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1);
        }

        refused(rows, 1000, file);
    }

    @Test
    void aFileThatIsWrittenToWhileItIsMappedIsToldInOneLine() throws Exception {
        Path file = Files.write(folder.resolve("rows"), new byte[8]);
        MappedRows rows = MappedRows.of(file, 0, 2, 4);
        Files.write(file, new byte[9]);
        Thread.sleep(60);

        refused(rows, 0, file);
    }

    private static void refused(MappedRows rows, int row, Path file) {
        assertThatThrownBy(() -> rows.read(row, ByteBuffer.allocate(rows.width())))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "the file was written to, or cut off, while it was in use (" + file + "); let it");
    }

    @Test
    void aFileThatIsReplacedOrDeletedStaysAsItWasMapped() throws Exception {
        Path file = Files.write(folder.resolve("rows"), new byte[] {1, 2, 3, 4});
        MappedRows rows = MappedRows.of(file, 0, 2, 2);
        ByteBuffer read = ByteBuffer.allocate(4);

        Files.move(Files.write(folder.resolve("new"), new byte[9]), file, StandardCopyOption.REPLACE_EXISTING);
        Thread.sleep(60);
        rows.read(1, read);
        Files.delete(file);
        Thread.sleep(60);
        rows.read(0, read);

        assertThat(read.array()).containsExactly(3, 4, 1, 2);
    }

    @Test
    void numbersInAFileAreThoseOfMemory() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(6 * Float.BYTES).order(ByteOrder.nativeOrder());
        numbers.asFloatBuffer().put(new float[] {0, 0.25f, 1, -2, 3, 0.5f});
        Path file = Files.write(folder.resolve("numbers"), numbers.array());
        Values mapped = Values.ofMappedFloats(file, 0, 3, new Shape(2));

        assertThat(mapped.support()).isEqualTo(Support.REAL);
        assertThat(mapped.mean()).containsExactly(4 / 3f, -1.25f / 3);
        try (NDManager manager = NDManager.newBaseManager();
                NDArray chosen = mapped.select(2, 0).stored(manager)) {
            assertThat(chosen.toFloatArray()).containsExactly(3, 0.5f, 0, 0.25f);
        }
    }
}
