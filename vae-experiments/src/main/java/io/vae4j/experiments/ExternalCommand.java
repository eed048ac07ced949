package io.vae4j.experiments;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another program, run to its end or until its time is up.
 *
 * @param line the program's name on the path, or its path, and its arguments
 * @param folder where it runs
 */
public record ExternalCommand(List<String> line, Path folder) {

    private static final int MOST_OUTPUT = 1 << 16;

    /** Copies the line. */
    public ExternalCommand {
        line = List.copyOf(line);
    }

    /** How a program ended and what it printed, standard error included. */
    public record Result(int exitCode, String output) {}

    /**
     * Runs the program; when its time is up, it is ended together with its children.
     *
     * @throws InterruptedIOException if its time was up
     * @throws IOException if it cannot be started
     */
    public Result run(Duration limit) throws IOException {
        // The output goes to a file: a pipe would have to be read while the clock runs.
        Path output = Files.createTempFile("output", ".txt");
        try (InputStream printed = Files.newInputStream(output)) {
            Process process = start(output);
            await(process, limit);
            return new Result(process.exitValue(), new String(printed.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
        } finally {
            Utils.deleteQuietly(output);
        }
    }

    private Process start(Path output) throws IOException {
        try {
            return new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(line.get(0) + " cannot be started, it seems not to be on the path", e);
        }
    }

    private void await(Process process, Duration limit) throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedIOException(
                        "%s had no result within %d s".formatted(String.join(" ", line), limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
