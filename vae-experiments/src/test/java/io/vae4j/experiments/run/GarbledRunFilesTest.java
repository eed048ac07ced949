package io.vae4j.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.TableForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fuzzing has found in the readers of a run folder. */
class GarbledRunFilesTest {

    private static final String TABLE = "{\"data\":{\"table\":{\"columns\":[\"a\"],\"mean\":[0.5],\"scale\":[2]%s}}}";

    @TempDir
    private Path run;

    @BeforeEach
    void aRunWasBegun() throws IOException {
        Files.writeString(run.resolve("recipe.yaml"), "extends: vae\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\u0000\u0000\u0000\u0001\u0001", "\u0000\u0000{\u0000\u0000", "\u0000{\u0000\u0000\u0000"})
    void bytesThatBeginAsAnotherEncodingAreRefusedInALine(String content) throws IOException {
        Files.writeString(run.resolve("manifest.json"), content);

        assertThatThrownBy(this::manifest)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the file is not a JSON object");
    }

    @Test
    void aLineOfMetricsThatIsNoTextIsDroppedWhenTheRunGoesOn() throws IOException {
        byte[] line = "{\"epoch\":1,\"split\":\"train\"}\n".getBytes(StandardCharsets.UTF_8);
        byte[] garbled = line.clone();
        garbled[0] = (byte) 0xFF;
        Path file = run.resolve("metrics.jsonl");
        Files.write(file, line);
        Files.write(file, garbled, StandardOpenOption.APPEND);

        RunFolder.reading(run).keepMetricsUpTo(1);

        assertThat(file).hasBinaryContent(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"labels\":null", ",\"labels\":7", ",\"labels\":true"})
    void aTableWithoutAColumnOfClassesHasNone(String labels) throws IOException {
        Files.writeString(run.resolve("manifest.json"), TABLE.formatted(labels));

        Optional<TableForm> form = manifest().data().orElseThrow().table();

        assertThat(form).contains(new TableForm(List.of("a"), List.of(0.5), List.of(2.0), Optional.empty()));
    }

    @Test
    void aManifestOfATableIsReadAsItWasWritten() throws IOException {
        Files.writeString(run.resolve("manifest.json"), TABLE.formatted(""));
        Manifest read = manifest();

        RunFolder.reading(run).write(read);

        assertThat(manifest()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"columns", "mean", "scale"})
    void aTableThatLacksAListIsRefused(String missing) throws IOException {
        Files.writeString(run.resolve("manifest.json"), TABLE.formatted("").replace(missing, "other"));

        assertThatThrownBy(this::manifest).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aChecksumThatIsNoTextIsMissing() throws IOException {
        Files.writeString(
                run.resolve("manifest.json"), "{\"data\":{\"sha256\":{\"a\":7,\"b\":[],\"c\":null,\"d\":\"ab\"}}}");

        assertThat(manifest().data().orElseThrow().content()).containsExactly("ab");
    }

    private Manifest manifest() {
        return RunFolder.reading(run).manifest();
    }
}
