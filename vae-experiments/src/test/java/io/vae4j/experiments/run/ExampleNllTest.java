package io.vae4j.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleNllTest {

    @TempDir
    private Path run;

    @Test
    void whatDjlWroteIsReadBackToTheLastBit() throws IOException {
        double[] nll = {98.25, 1.0 / 3, -7e-300};
        try (NDManager manager = NDManager.newBaseManager()) {
            Files.write(run.resolve("evaluation.safetensors"), TensorFile.encode(Map.of("nll", manager.create(nll))));
        }
        List<String> notes = new ArrayList<>();

        assertThat(ExampleNll.read(new RunFiles(run), notes).orElseThrow())
                .containsExactlyElementsOf(Arrays.stream(nll).boxed().toList());
        assertThat(notes).isEmpty();
    }

    @Test
    void aFileThatIsCutIsNotedAndOneThatIsMissingIsNot() throws IOException {
        List<String> notes = new ArrayList<>();
        assertThat(ExampleNll.read(new RunFiles(run), notes)).isEmpty();
        assertThat(notes).isEmpty();
        Files.write(run.resolve("evaluation.safetensors"), new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{'});

        assertThat(ExampleNll.read(new RunFiles(run), notes)).isEmpty();
        assertThat(notes).hasSize(1);
    }
}
