package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program as a process of its own, one after another.
 *
 * @param home where they run; their output goes beside it
 */
record VaeProcesses(Path home) {

    record Result(int exitCode, String out, String err) {}

    Result run(List<String> arguments) throws IOException, InterruptedException {
        return await(start(arguments));
    }

    Result run(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        return await(start(environment, arguments));
    }

    /** With lines on its standard input. */
    Result fed(String input, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream lines = process.getOutputStream()) {
            lines.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return await(process);
    }

    Process start(List<String> arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                // they live for seconds: what compiles and collects well pays nothing back
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.pytorch.num_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.vae4j.experiments.Main"));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        return process.directory(home.toFile())
                .redirectOutput(home.resolveSibling(home.getFileName() + ".out").toFile())
                .redirectError(home.resolveSibling(home.getFileName() + ".err").toFile())
                .start();
    }

    Result await(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), read(".out"), read(".err"));
    }

    private String read(String ending) throws IOException {
        return Files.readString(home.resolveSibling(home.getFileName() + ending), StandardCharsets.UTF_8);
    }
}
