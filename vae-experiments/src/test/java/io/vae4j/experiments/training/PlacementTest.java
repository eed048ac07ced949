package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacementTest {

    private static final int COUNT = 103;
    private static final int SIZE = 12;
    private static final int BATCH = 10;
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void batchesAreTheSameWhereverTheExamplesLie(@TempDir Path folder) throws IOException {
        byte[] pixels = new byte[COUNT * SIZE];
        new Random(3).nextBytes(pixels);
        Path file = Files.write(folder.resolve("pixels"), pixels);
        Examples buffered = new Examples(Values.ofBytes(ByteBuffer.wrap(pixels), COUNT, new Shape(1, 3, 4)));
        Examples mapped = new Examples(Values.ofMappedBytes(file, 0, COUNT, new Shape(1, 3, 4)));

        List<float[]> expected = twoEpochs(buffered, Placement.DEVICE);

        assertThat(twoEpochs(buffered, Placement.HOST)).containsExactlyElementsOf(expected);
        assertThat(twoEpochs(mapped, Placement.HOST)).containsExactlyElementsOf(expected);
        assertThat(twoEpochs(mapped, Placement.DEVICE)).containsExactlyElementsOf(expected);
    }

    @Test
    void batchesTooLargeToBeReadAheadAreTheSame() {
        byte[] pixels = new byte[COUNT * SIZE];
        new Random(3).nextBytes(pixels);
        Values values = Values.ofBytes(ByteBuffer.wrap(pixels), COUNT, new Shape(1, 3, 4));
        StreamedRows streamed = new StreamedRows(values, new Shape(SIZE), 5 * SIZE);
        long[] order = Shuffle.of(0, 1, COUNT);
        try (NDManager manager = NDManager.newBaseManager();
                NDArray index = manager.create(order)) {
            NDArray whole = streamed.rows(index, order, 0, COUNT);

            assertThat(whole.getShape()).isEqualTo(new Shape(COUNT, SIZE));
            for (int from = 0; from < COUNT; from += 5) {
                int to = Math.min(from + 5, COUNT);
                assertThat(streamed.rows(index, order, from, to).toByteArray())
                        .isEqualTo(whole.get(from + ":" + to).toByteArray());
            }
        }
    }

    /** The batches that follow were read before it was written to; those behind them are read on another thread. */
    @Test
    void whatGoesWrongOnTheReadingThreadIsToldAsItIs(@TempDir Path folder) throws Exception {
        int page = 4096;
        Path file = Files.write(folder.resolve("pixels"), new byte[COUNT * page]);
        Values values = Values.ofMappedBytes(file, 0, COUNT, new Shape(page));
        StreamedRows streamed = new StreamedRows(values, new Shape(page));
        long[] order = Shuffle.of(0, 1, COUNT);
        try (NDManager manager = NDManager.newBaseManager();
                NDArray index = manager.create(order)) {
            streamed.rows(index, order, 0, BATCH);
            Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            Thread.sleep(60);

            assertThatThrownBy(() -> {
                        for (int from = BATCH; from < COUNT; from += BATCH) {
                            streamed.rows(index, order, from, Math.min(from + BATCH, COUNT));
                        }
                    })
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("the file was written to, or cut off, while it was in use (" + file);
        }
    }

    /** In another order each, with looks at the first examples in between, as a training run asks for them. */
    private static List<float[]> twoEpochs(Examples examples, Placement placement) {
        DataView view = DataView.plain(Small.data("pixels", examples, examples).summary());
        List<float[]> batches = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            DeviceExamples placed = new DeviceExamples(manager, examples, view, placement);
            for (int epoch = 1; epoch <= 2; epoch++) {
                long[] order = Shuffle.of(0, epoch, COUNT);
                for (int from = 0; from < COUNT; from += BATCH) {
                    batches.add(placed.batch(manager, order, from, Math.min(from + BATCH, COUNT), Noise.seeded(0, 0, 0))
                            .x()
                            .toFloatArray());
                }
                batches.add(
                        placed.range(manager, 0, 7, Noise.seeded(0, 0, 0)).x().toFloatArray());
            }
        }
        return batches;
    }

    @Test
    void aSetGoesToAGpuThatKeepsHalfOfItsMemoryForTheModel() {
        assertThat(Placement.of(4 * GIBIBYTE, true, OptionalLong.of(8 * GIBIBYTE)))
                .isEqualTo(Placement.DEVICE);
        assertThat(Placement.of(4 * GIBIBYTE + 1, true, OptionalLong.of(8 * GIBIBYTE)))
                .isEqualTo(Placement.HOST);
        assertThat(Placement.of(3 * GIBIBYTE, true, OptionalLong.empty())).isEqualTo(Placement.HOST);
    }

    @Test
    void aCopyOnTheCpuStaysSmall() {
        assertThat(Placement.of(GIBIBYTE, false, OptionalLong.of(8 * GIBIBYTE))).isEqualTo(Placement.DEVICE);
        assertThat(Placement.of(GIBIBYTE + 1, false, OptionalLong.of(8 * GIBIBYTE)))
                .isEqualTo(Placement.HOST);
    }

    @Test
    void aUserDecidesByTheEnvironment() {
        assertThat(Placement.asked(Optional.empty())).isEmpty();
        assertThat(Placement.asked(Optional.of("auto"))).isEmpty();
        assertThat(Placement.asked(Optional.of("host"))).contains(Placement.HOST);
        assertThatThrownBy(() -> Placement.asked(Optional.of("disk")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("data cannot lie on 'disk'")
                .hasMessageContaining("device, host or auto");
    }
}
