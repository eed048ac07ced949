package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DatasetCacheTest {

    @TempDir
    private Path temp;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Path cache;
    private LocalSource good;
    private LocalSource wrong;
    private LocalSource empty;

    @BeforeEach
    void prepareSources() throws IOException {
        cache = temp.resolve("cache");
        good = new LocalSource("good", TinySet.write(temp.resolve("good")));
        wrong = new LocalSource("wrong", TinySet.write(temp.resolve("wrong")));
        damage(wrong.from());
        empty = new LocalSource("empty", Files.createDirectory(temp.resolve("empty")));
    }

    @Test
    void theCacheIsReadWithoutAskingASource() throws IOException {
        TinySet.write(cache.resolve("tiny"));

        Dataset data = cache(good).load(TinySet::read);

        assertThat(data.provenance().source()).isEqualTo("cache");
        assertThat(good.asked()).hasValue(0);
        assertThat(said).isEmpty();
    }

    @Test
    void aReadOnlyCacheIsGoodEnough() throws IOException {
        Path folder = TinySet.write(cache.resolve("tiny"));
        assertThat(folder.toFile().setWritable(false)).isTrue();
        assertThat(cache.toFile().setWritable(false)).isTrue();
        try {
            assertThat(cache().load(TinySet::read).provenance().source()).isEqualTo("cache");
            assertThat(list(cache)).containsExactly("tiny");
        } finally {
            assertThat(cache.toFile().setWritable(true)).isTrue();
            assertThat(folder.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void lookingIntoTheCacheFetchesNothing() throws IOException {
        assertThat(cache(good).cached(TinySet::read)).isEmpty();
        damage(TinySet.write(cache.resolve("tiny")));
        assertThat(cache(good).cached(TinySet::read)).isEmpty();
        TinySet.write(cache.resolve("tiny"));
        assertThat(cache(good).cached(TinySet::read)).isPresent();
        assertThat(good.asked()).hasValue(0);
        assertThat(said).isEmpty();
    }

    @Test
    void sourcesAreAskedInOrderUntilOneWorks() {
        LocalSource spare = new LocalSource("spare", good.from());

        Dataset data = cache(empty, good, spare).load(TinySet::read);

        assertThat(data.provenance().source()).isEqualTo("good");
        assertThat(data.provenance().sha256()).hasSize(4);
        assertThat(empty.asked()).hasValue(1);
        assertThat(spare.asked()).hasValue(0);
    }

    @Test
    void wrongBytesFromASourceAreNotTaken() {
        Dataset data = cache(wrong, good).load(TinySet::read);

        assertThat(data.provenance().source()).isEqualTo("good");
        assertThat(said).anySatisfy(line -> assertThat(line).startsWith("Tiny: wrong: train-images has SHA-256"));
    }

    @Test
    void whatASourceFetchedIsThereForTheNextLoad() {
        cache(good).load(TinySet::read);

        Dataset again = cache(empty).load(TinySet::read);

        assertThat(again.provenance().source()).isEqualTo("cache");
        assertThat(TinySet.pixels(again.train())).isEqualTo(TinySet.TRAIN_PIXELS);
        assertThat(empty.asked()).hasValue(0);
    }

    @Test
    void theCacheHoldsTheFourFilesAndALockAndNothingElse() throws IOException {
        Files.createFile(good.from().resolve("unrelated"));

        cache(wrong, good).load(TinySet::read);

        assertThat(list(cache)).containsExactly("tiny", "tiny.lock");
        assertThat(list(cache.resolve("tiny")))
                .containsExactly("test-images", "test-labels", "train-images", "train-labels");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions do not exist there")
    void theCacheIsAsReadableAsAnyOtherNewFolder() throws IOException {
        var usual = Files.getPosixFilePermissions(Files.createDirectory(temp.resolve("usual")));

        cache(good).load(TinySet::read);

        assertThat(Files.getPosixFilePermissions(cache.resolve("tiny")))
                .isEqualTo(usual)
                .contains(PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aDamagedCacheIsSaidAndReplaced() throws IOException {
        damage(TinySet.write(cache.resolve("tiny")));

        Dataset data = cache(good).load(TinySet::read);

        assertThat(data.provenance().source()).isEqualTo("good");
        assertThat(said).filteredOn(line -> line.contains("damaged")).hasSize(1);
        assertThat(cache().load(TinySet::read).provenance().source()).isEqualTo("cache");
        assertThat(list(cache)).containsExactly("tiny", "tiny.lock");
    }

    @Test
    void aDamagedCacheStaysWhenNothingReplacesIt() throws IOException {
        damage(TinySet.write(cache.resolve("tiny")));

        assertThatThrownBy(() -> cache(empty).load(TinySet::read)).isInstanceOf(InvalidInput.class);

        assertThat(list(cache.resolve("tiny"))).hasSize(4);
    }

    @Test
    void anIncompleteCacheIsReplaced() throws IOException {
        Files.delete(TinySet.write(cache.resolve("tiny")).resolve("test-labels"));

        cache(good).load(TinySet::read);

        assertThat(list(cache.resolve("tiny"))).hasSize(4);
    }

    @Test
    void aSourceThatFailsHalfwayLeavesNothing() throws IOException {
        Files.delete(good.from().resolve("test-labels"));

        assertThatThrownBy(() -> cache(good).load(TinySet::read)).isInstanceOf(InvalidInput.class);

        assertThat(list(cache)).containsExactly("tiny.lock");
    }

    @Test
    void whatADeadProcessLeftIsSweptByTheNextFetch() throws IOException {
        TinySet.write(cache.resolve(".tiny").resolve("fetched"));
        Files.createDirectories(cache.resolve(".other-1"));

        cache(good).load(TinySet::read);

        assertThat(list(cache)).containsExactly(".other-1", "tiny", "tiny.lock");
    }

    @Test
    void failureOfEverySourceIsOneLineThatNamesEachWithItsReasonAndTheRemedy() {
        DownloadSource talkative = new FailingSource("talkative", "first line\r\nsecond \u001b[31mline");

        assertThatThrownBy(() -> cache(talkative, wrong, empty).load(TinySet::read))
                .isInstanceOf(InvalidInput.class)
                .message()
                .startsWith("Tiny is not on this machine, and could not be fetched: ")
                .contains("talkative: first line second [31mline; ")
                .contains("wrong: train-images has SHA-256 ")
                .contains("empty: ", "/train-images is missing")
                .endsWith("put train-images, train-labels, test-images, test-labels into a folder"
                        + " and pass it with --data-dir")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void aCacheThatCannotBeWrittenIsTheUsersToName() throws IOException {
        Files.createFile(cache);

        assertThatThrownBy(() -> cache(good).load(TinySet::read))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(cache.toString())
                .hasMessageContaining("VAE4J_CACHE");
    }

    @Test
    void threadsFetchOnceBetweenThem() throws Exception {
        CountDownLatch all = new CountDownLatch(4);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Dataset>> loads = Stream.generate(() -> pool.submit(() -> {
                        all.countDown();
                        all.await();
                        return cache(good).load(TinySet::read);
                    }))
                    .limit(4)
                    .toList();
            for (Future<Dataset> load : loads) {
                assertThat(TinySet.labels(load.get().test())).isEqualTo(TinySet.TEST_LABELS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(good.asked()).hasValue(1);
    }

    private DatasetCache cache(DownloadSource... sources) {
        return TinySet.cache(cache, said::add, sources);
    }

    private static void damage(Path folder) throws IOException {
        byte[] bytes = TinySet.bytes(TinySet.SET.trainImages()).clone();
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve("train-images"), bytes);
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private record FailingSource(String title, String reason) implements DownloadSource {

        @Override
        public void fetch(List<DataFile> files, Path into) throws IOException {
            throw new IOException(reason);
        }
    }
}
