package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFolderTest {

    private static final IdxFile IMAGES = TinySet.SET.trainImages();
    private static final IdxFile LABELS = TinySet.SET.trainLabels();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheRightFiles() throws IOException {
        TinySet.write(folder);
    }

    @Test
    void readsPixelsLabelsAndWhereTheyCameFrom() {
        Dataset data = new IdxFolder(folder).read(TinySet.SET, "--data-dir");

        assertThat(data.name()).isEqualTo("Tiny");
        assertThat(TinySet.pixels(data.train())).isEqualTo(TinySet.TRAIN_PIXELS);
        assertThat(TinySet.labels(data.train())).isEqualTo(TinySet.TRAIN_LABELS);
        assertThat(TinySet.pixels(data.test())).isEqualTo(TinySet.TEST_PIXELS);
        assertThat(TinySet.labels(data.test())).isEqualTo(TinySet.TEST_LABELS);
        assertThat(data.summary().event()).isEqualTo(new Shape(1, 2, 2));
        assertThat(data.provenance().source()).isEqualTo("--data-dir");
        assertThat(data.provenance().sha256())
                .containsEntry("train-images", IMAGES.sha256())
                .hasSize(4);
    }

    @Test
    void readsGzipVariantsBesideRawFiles() throws IOException {
        pack(IMAGES, TinySet.gzip(TinySet.bytes(IMAGES)));
        pack(TinySet.SET.testLabels(), TinySet.gzip(TinySet.bytes(TinySet.SET.testLabels())));

        Dataset data = new IdxFolder(folder).read(TinySet.SET, "--data-dir");

        assertThat(TinySet.pixels(data.train())).isEqualTo(TinySet.TRAIN_PIXELS);
        assertThat(TinySet.labels(data.test())).isEqualTo(TinySet.TEST_LABELS);
    }

    @Test
    void refusesAWrongMagic() throws IOException {
        byte[] bytes = TinySet.bytes(IMAGES).clone();
        ByteBuffer.wrap(bytes).putInt(0xD03);
        write(IMAGES, bytes);

        incompatibility()
                .hasMessageContaining("train-images begins as magic 3331, expected 3 x 2 x 2 images (magic 2051)");
    }

    @Test
    void refusesImagesWhereLabelsBelong() throws IOException {
        write(LABELS, TinySet.bytes(IMAGES));

        incompatibility()
                .hasMessageContaining(
                        "train-labels begins as 3 x 2 x 2 images (magic 2051), expected 3 labels (magic 2049)");
    }

    @Test
    void refusesLabelsWhereImagesBelong() throws IOException {
        byte[] labels = TinySet.idx(IdxShape.labels(20), new byte[20]);
        write(IMAGES, labels);

        incompatibility()
                .hasMessageContaining(
                        "train-images begins as 20 labels (magic 2049), expected 3 x 2 x 2 images (magic 2051)");
    }

    @Test
    void refusesTestImagesWhereTrainImagesBelong() throws IOException {
        write(IMAGES, TinySet.bytes(TinySet.SET.testImages()));

        incompatibility()
                .hasMessageContaining(
                        "train-images begins as 2 x 2 x 2 images (magic 2051), expected 3 x 2 x 2 images");
    }

    @Test
    void refusesAHeaderThatAsksForMoreMemoryThanThereIs() throws IOException {
        IdxShape huge = IdxShape.images(Integer.MAX_VALUE, Short.MAX_VALUE, Short.MAX_VALUE);
        write(IMAGES, TinySet.idx(huge, TinySet.TRAIN_PIXELS));

        incompatibility().hasMessageContaining("begins as 2147483647 x 32767 x 32767 images");
    }

    @Test
    void refusesAHeaderOfNegativeSizes() throws IOException {
        byte[] bytes = TinySet.bytes(IMAGES).clone();
        ByteBuffer.wrap(bytes).putInt(Integer.BYTES, -1);
        write(IMAGES, bytes);

        incompatibility().hasMessageContaining("train-images begins as magic 2051, expected 3 x 2 x 2");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        write(IMAGES, Arrays.copyOf(TinySet.bytes(IMAGES), IMAGES.bytes() - 1));

        incompatibility().hasMessageContaining("train-images has 27 bytes, expected 28");
    }

    @Test
    void refusesAFileThatEndsInItsHeader() throws IOException {
        write(IMAGES, Arrays.copyOf(TinySet.bytes(IMAGES), 3));

        incompatibility().hasMessageContaining("train-images ends after 3 bytes, expected 28");
    }

    @Test
    void refusesTrailingBytes() throws IOException {
        write(IMAGES, Arrays.copyOf(TinySet.bytes(IMAGES), IMAGES.bytes() + 2));

        incompatibility().hasMessageContaining("train-images has 30 bytes, expected 28");
    }

    @Test
    void refusesOneChangedPixel() throws IOException {
        byte[] bytes = TinySet.bytes(IMAGES).clone();
        bytes[20] ^= 1;
        write(IMAGES, bytes);

        incompatibility()
                .hasMessageContaining("train-images has SHA-256 " + Sha256.of(bytes) + ", expected " + IMAGES.sha256());
    }

    @Test
    void refusesAGzipFileThatUnpacksToMoreThanExpected() throws IOException {
        pack(IMAGES, TinySet.gzip(Arrays.copyOf(TinySet.bytes(IMAGES), 50_000_000)));

        incompatibility().hasMessageContaining("train-images.gz holds more than the expected 28 bytes");
    }

    @Test
    void refusesAGzipFileThatUnpacksToLessThanExpected() throws IOException {
        pack(IMAGES, TinySet.gzip(Arrays.copyOf(TinySet.bytes(IMAGES), 20)));

        incompatibility().hasMessageContaining("train-images.gz ends after 20 bytes, expected 28");
    }

    @Test
    void refusesADamagedGzipFile() throws IOException {
        byte[] packed = TinySet.gzip(TinySet.bytes(IMAGES));
        pack(IMAGES, Arrays.copyOf(packed, packed.length - 12));

        incompatibility().hasMessageContaining("train-images.gz cannot be unpacked");
    }

    @Test
    void refusesAFileThatIsNoGzipDespiteItsName() throws IOException {
        pack(IMAGES, TinySet.bytes(IMAGES));

        incompatibility().hasMessageContaining("train-images.gz cannot be unpacked");
    }

    @Test
    void recognizesGzipDataUnderARawName() throws IOException {
        write(IMAGES, TinySet.gzip(TinySet.bytes(IMAGES)));

        incompatibility().hasMessageContaining("gzip data in a file not named .gz");
    }

    @Test
    void namesEveryMissingFileAtOnce() throws IOException {
        Files.delete(folder.resolve("train-images"));
        Files.delete(folder.resolve("test-labels"));

        incompatibility().hasMessageContaining("missing: train-images, test-labels (");
    }

    @Test
    void saysThatTheFolderDoesNotExist() {
        assertThatThrownBy(() -> new IdxFolder(folder.resolve("absent")).read(TinySet.SET, "--data-dir"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no such folder")
                .hasMessageContaining("absent");
    }

    @Test
    void aWrongFolderThatTheUserNamesIsRefusedAndNothingElseIsTried() {
        Path cache = folder.resolve("cache");
        List<String> said = new ArrayList<>();

        assertThatThrownBy(() -> Mnist.load(Optional.of(folder), cache, said::add))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("missing: train-images-idx3-ubyte, ")
                .hasMessageContaining(folder.toString());
        assertThat(cache).doesNotExist();
        assertThat(said).isEmpty();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> incompatibility() {
        return assertThatThrownBy(() -> new IdxFolder(folder).read(TinySet.SET, "--data-dir"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("train-images, train-labels, test-images, test-labels");
    }

    private void write(IdxFile file, byte[] bytes) throws IOException {
        Files.write(folder.resolve(file.name()), bytes);
    }

    private void pack(IdxFile file, byte[] bytes) throws IOException {
        Files.delete(folder.resolve(file.name()));
        Files.write(folder.resolve(file.name() + ".gz"), bytes);
    }
}
