package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the user's npm in a folder, where it also leaves its log.
 *
 * @param command npm's name on the path, or its path
 * @param folder where it runs, absolute
 */
record NpmCommand(String command, Path folder) {

    private static final int MAX_LOG_BYTES = 1 << 16;
    private static final Pattern ERROR_LINE =
            Pattern.compile("^npm (?:error|ERR!) (?!code |errno |syscall )(.+)$", Pattern.MULTILINE);

    /**
     * Runs npm to its end.
     *
     * @throws IOException if there is no npm, if it fails, or if it takes longer than the limit: then it is ended
     */
    void run(Duration limit, String... arguments) throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm = start(log, arguments);
        try {
            npm.getOutputStream().close();
            if (!npm.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm %s had no result within %d s".formatted(arguments[0], limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            throw new IOException(
                    "npm %s ended with code %d: %s".formatted(arguments[0], npm.exitValue(), complaint(log)));
        }
    }

    private Process start(Path log, String... arguments) throws IOException {
        List<String> line =
                Stream.concat(Stream.of(command), Stream.of(arguments)).toList();
        try {
            return new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(command + " cannot be started, it seems not to be on the path", e);
        }
    }

    private static String complaint(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            String text = new String(in.readNBytes(MAX_LOG_BYTES), StandardCharsets.UTF_8);
            Matcher error = ERROR_LINE.matcher(text);
            return error.find() ? Reason.line(error.group(1)) : "it gave no reason";
        }
    }
}
