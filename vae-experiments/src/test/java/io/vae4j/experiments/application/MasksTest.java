package io.vae4j.experiments.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Missing;
import io.vae4j.experiments.data.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasksTest {

    private static final DataSummary THREE = new DataSummary(new Shape(3), Support.REAL, List.of());

    @TempDir
    private Path folder;

    @Test
    void whatIsNotZeroInAFileIsMissing() throws IOException {
        Missing bytes = of(Values.ofBytes(ByteBuffer.wrap(new byte[] {0, 0, 9, 1, -1, 0}), 2, new Shape(3)));

        assertThat(bytes.of(0).stream()).containsExactly(2);
        assertThat(bytes.of(1).stream()).containsExactly(0, 1);
        assertThatThrownBy(() -> bytes.of(2))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there are masks for 2 examples, and there are more");
    }

    @Test
    void oneMaskIsForAllExamples() throws IOException {
        Missing floats = of(Values.ofFloats(FloatBuffer.wrap(new float[] {0, -0.5f, 0}), 1, new Shape(3)));

        assertThat(floats.of(7).stream()).containsExactly(1);
    }

    private Missing of(Values masks) throws IOException {
        Path file = Files.createFile(folder.resolve("masks.bin"));
        return new Masks(THREE, 0, path -> new Examples(masks)).named(file.toString());
    }
}
