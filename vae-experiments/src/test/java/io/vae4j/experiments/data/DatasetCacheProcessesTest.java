package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DatasetCacheProcessesTest {

    @TempDir
    private Path temp;

    private final List<Process> started = new ArrayList<>();
    private Path source;
    private Path cache;
    private Path signal;

    @BeforeEach
    void prepare() throws IOException {
        source = TinySet.write(temp.resolve("source"));
        cache = temp.resolve("cache");
        signal = temp.resolve("signal");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aSecondProcessWaitsAndThenFindsTheCacheFilled() throws IOException, InterruptedException {
        Process first = start();
        BufferedReader firstSays = output(first);
        awaitLine(firstSays, "halfway");
        Process second = start();
        BufferedReader secondSays = output(second);
        awaitLine(secondSays, "Tiny: another process is filling the cache, waiting for it");
        Files.createFile(signal);

        assertThat(lastLine(firstSays)).isEqualTo("loaded from halfway");
        assertThat(secondSays.lines()).containsExactly("loaded from cache");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
    }

    @Test
    void aProcessKilledWhileFetchingLeavesNothingUnderTheFinalName() throws IOException, InterruptedException {
        Process killed = start();
        awaitLine(output(killed), "halfway");
        killed.destroyForcibly().waitFor();

        assertThat(list()).contains(".tiny").doesNotContain("tiny");

        Files.createFile(signal);
        Process next = start();
        assertThat(lastLine(output(next))).isEqualTo("loaded from halfway");
        assertThat(next.waitFor()).isZero();
        assertThat(list()).containsExactly("tiny", "tiny.lock");
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TinyLoader.class.getName(),
                        source.toString(),
                        cache.toString(),
                        signal.toString())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static void awaitLine(BufferedReader output, String wanted) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            if (line.equals(wanted)) {
                return;
            }
        }
        assertThat(seen).contains(wanted);
    }

    private static String lastLine(BufferedReader output) {
        List<String> lines = output.lines().toList();
        return lines.get(lines.size() - 1);
    }

    private List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
