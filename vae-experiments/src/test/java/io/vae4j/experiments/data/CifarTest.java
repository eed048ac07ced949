package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Cifar10Provider.Cifar10Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On small files of CIFAR-10's binary version. */
final class CifarTest {

    private static final byte[] FIRST = records(2, 0);
    private static final byte[] SECOND = records(0, 1);
    private static final byte[] HELD = records(1);
    private static final Cifar SET = new Cifar(
            "Tiny",
            List.of("cat", "dog", "ship"),
            List.of(file("data_batch_1.bin", FIRST), file("data_batch_2.bin", SECOND)),
            file("test_batch.bin", HELD));

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheRightFiles() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), FIRST);
        Files.write(folder.resolve("data_batch_2.bin"), SECOND);
        Files.write(folder.resolve("test_batch.bin"), HELD);
    }

    @Test
    void recordsAreAClassAndThreePlanesOfLevels() {
        Dataset data = SET.read(folder, HeapRoom.ofProcess());
        byte[] pixels = TinySet.pixels(data.train());

        assertThat(data.summary().event()).isEqualTo(new Shape(3, 32, 32));
        assertThat(data.summary().classes()).containsExactly("cat", "dog", "ship");
        assertThat(TinySet.labels(data.train())).containsExactly(2, 0, 0, 1);
        assertThat(TinySet.labels(data.test())).containsExactly(1);
        assertThat(Arrays.copyOfRange(pixels, 3072, 2 * 3072)).isEqualTo(Arrays.copyOfRange(FIRST, 3074, 2 * 3073));
        assertThat(data.provenance().sha256())
                .containsEntry("test_batch.bin", Sha256.of(HELD))
                .hasSize(3);
    }

    @Test
    void aFileThatIsMissingTooShortOrChangedIsRefused() throws IOException {
        Files.write(folder.resolve("data_batch_2.bin"), Arrays.copyOf(SECOND, SECOND.length - 1));
        refused("data_batch_2.bin has 6145 bytes, expected 6146");

        byte[] changed = SECOND.clone();
        changed[100] ^= 1;
        Files.write(folder.resolve("data_batch_2.bin"), changed);
        refused("data_batch_2.bin has SHA-256 " + Sha256.of(changed) + ", expected " + Sha256.of(SECOND));

        Files.delete(folder.resolve("data_batch_2.bin"));
        refused("data_batch_2.bin is missing");
    }

    @Test
    void aFolderOfItsFilesIsRecognizedAlsoWithinTheOneAroundIt() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));

        assertThat(Datasets.at(folder).source()).isEqualTo(new Cifar10Source(Optional.of(folder)));
        for (DataFile file : SET.files()) {
            Files.move(folder.resolve(file.name()), inner.resolve(file.name()));
        }
        assertThat(Datasets.at(folder).source()).isEqualTo(new Cifar10Source(Optional.of(inner)));
    }

    @Test
    void otherFilesUnderItsNamesAreNotTakenForCifar() {
        assertThatThrownBy(() -> new Cifar10Source(Optional.of(folder)).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("data_batch_1.bin has 6146 bytes, expected 30730000")
                .hasMessageContaining("the original files of CIFAR-10's binary version: data_batch_1.bin, ");
    }

    @Test
    void aSourceThatHasThemAsOneFileGivesEachOfThem() throws IOException {
        Path cache = folder.resolve("cache");
        DownloadSource whole = new DownloadSource() {
            @Override
            public String title() {
                return "one file";
            }

            @Override
            public void fetch(List<DataFile> files, Path into) throws IOException {
                assertThat(files).extracting(DataFile::name).containsExactly("test_batch.bin", "all.bin");
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(FIRST);
                both.writeBytes(SECOND);
                Files.write(into.resolve("all.bin"), both.toByteArray());
                Files.write(into.resolve("test_batch.bin"), HELD);
            }
        };
        DownloadSource source = new ConcatenatedSource(whole, "all.bin", SET.train());
        Dataset data = new DatasetCache("Tiny", SET.files(), cache, List.of(source), line -> {})
                .load((from, said) -> SET.verified(from, said, HeapRoom.ofProcess()));

        assertThat(TinySet.labels(data.train())).containsExactly(2, 0, 0, 1);
        assertThat(data.provenance().source()).isEqualTo("one file");
        assertThat(cache.resolve("tiny")).isDirectoryNotContaining("glob:**all.bin");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> SET.read(folder, HeapRoom.ofProcess()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(folder.toString());
    }

    private static DataFile file(String name, byte[] content) {
        return new DataFile(name, content.length, Sha256.of(content));
    }

    private static byte[] records(int... classes) {
        byte[] records = new byte[classes.length * Cifar.RECORD];
        for (int i = 0; i < records.length; i++) {
            records[i] = (byte) (i * 7);
        }
        for (int r = 0; r < classes.length; r++) {
            records[r * Cifar.RECORD] = (byte) classes[r];
        }
        return records;
    }
}
