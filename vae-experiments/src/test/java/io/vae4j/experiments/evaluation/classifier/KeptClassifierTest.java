package io.vae4j.experiments.evaluation.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that is trained once for some data, and kept. */
class KeptClassifierTest {

    @TempDir
    private Path cache;

    private final List<String> told = new ArrayList<>();

    @Test
    void itIsTrainedOnceAndSaysTheSameAfterwards() throws IOException {
        float[] first = features(data(Map.of("a", "01")));
        assertThat(told).hasSize(1).allMatch(line -> line.contains("training the classifier of bars"));
        assertThat(features(data(Map.of("renamed", "01")))).isEqualTo(first);
        assertThat(told).hasSize(1);
        assertThat(files()).hasSize(1);

        Files.writeString(files().get(0), "damaged");
        assertThat(features(data(Map.of("a", "01")))).hasSameSizeAs(first);
        assertThat(told).hasSize(3).anyMatch(line -> line.contains("damaged"));
    }

    @Test
    void dataThatNobodyCanTellApartKeepNone() throws IOException {
        features(data(Map.of()));

        assertThat(Files.exists(cache.resolve("classifiers"))).isFalse();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("classifiers"))) {
            return files.toList();
        }
    }

    private float[] features(Dataset data) {
        try (KeptClassifier kept = KeptClassifier.of(cache, data, Device.cpu(), told::add);
                NDManager owner = NDManager.newBaseManager()) {
            assertThat(kept.classifier().test().accuracy()).isEqualTo(1);
            return kept.classifier().features(owner, data.test(), 3).toFloatArray();
        }
    }

    private static Dataset data(Map<String, String> sha256) {
        Examples bars = bars(40);
        return new ArrayDataset("bars", bars, bars, new Provenance("test", sha256));
    }

    private static Examples bars(int count) {
        byte[] pixels = new byte[count * 4];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 4;
            pixels[i * 4 + labels[i]] = (byte) 255;
        }
        Values values = Values.ofBytes(ByteBuffer.wrap(pixels), count, new Shape(1, 2, 2));
        return new Examples(values, Labels.numbered(4, labels));
    }
}
