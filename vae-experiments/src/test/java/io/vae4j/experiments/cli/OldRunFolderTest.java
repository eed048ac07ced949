package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Run folders as the code of 2026-11-27 wrote them, after one epoch on real MNIST: whatever changes, they open, are
 * evaluated, and go on as that code went on with them, by the noise that they began with.
 */
class OldRunFolderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"vae", "flow", "vq"})
    void anOldRunGoesOnAsItBegan(String name) throws Exception {
        Path run = copied(name);
        List<String> expected = Files.readAllLines(run.resolve("expected-after-resume.jsonl"));
        Result result = new VaeProcesses(home).run(List.of("train", "--resume", run.toString(), "--epochs", "2"));
        List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(metrics).hasSize(4);
        for (int split = 0; split < 2; split++) {
            JsonNode was = JSON.readTree(expected.get(split));
            JsonNode is = JSON.readTree(metrics.get(2 + split));
            // other noise moves them by 0.06 nats and more, other processors by some thousandths
            for (String metric : List.of("loss", "elbo", "reconstruction", "kl")) {
                assertThat(is.get(metric).asDouble())
                        .as(metric)
                        .isCloseTo(was.get(metric).asDouble(), within(0.02));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vae", "flow", "vq"})
    void anOldRunIsEvaluated(String name) throws Exception {
        Path run = copied(name);
        JsonNode was = JSON.readTree(run.resolve("expected-evaluation.json").toFile());
        Result result = new VaeProcesses(home)
                .run(List.of("evaluate", run.toString(), "--samples", "150", "--images", "40", "--seed", "3"));
        JsonNode is = JSON.readTree(run.resolve("evaluation.json").toFile());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(is.get("epoch")).isEqualTo(was.get("epoch"));
        // other bits of the same images, and other samples
        for (String figure : List.of("nll", "elbo", "reconstruction")) {
            assertThat(is.get(figure).asDouble())
                    .as(figure)
                    .isCloseTo(was.get(figure).asDouble(), withinPercentage(2));
        }
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    private Path copied(String name) throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(getClass().getResource("/run-folders/2026-11-27-" + name), name);
        Path source = Path.of(folder.toURI());
        Path target = home.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(
                    file -> copy(file, target.resolve(source.relativize(file).toString())));
        }
        return target;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
