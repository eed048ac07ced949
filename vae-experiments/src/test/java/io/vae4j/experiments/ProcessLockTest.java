package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks among processes are tried where they are used, by the cache's tests. */
@Timeout(60)
class ProcessLockTest {

    @TempDir
    private Path folder;

    @Test
    void theLockOfARunIsRefusedWhileThisVeryProcessHoldsIt() {
        Path run = folder.resolve("runs/first");
        try (ProcessLock lock = ProcessLock.ofRun(run)) {
            assertThat(lock.isExclusive()).isTrue();
            assertThatThrownBy(() -> ProcessLock.ofRun(run))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage(
                            "another process is writing this run (" + run + "); wait for it, or give --out another");
        }
        ProcessLock.ofRun(run).close();
    }

    @Test
    void theLockOfARunGoesWithItsFolderWhenNothingWasWritten() {
        ProcessLock.ofRun(folder.resolve("run")).close();

        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void theLockOfARunGoesAndWhatWasWrittenStays() throws IOException {
        ProcessLock lock = ProcessLock.ofRun(folder);
        Files.createFile(folder.resolve("recipe.yaml"));
        lock.close();
        lock.close();

        assertThat(folder).isDirectoryContaining("glob:**recipe.yaml").isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void aLinkToTheFolderOfARunStays() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
        try (ProcessLock lock = ProcessLock.ofRun(link)) {
            assertThat(lock.isExclusive()).isTrue();
        }
        try (ProcessLock lock = ProcessLock.ofRun(link)) {
            assertThat(lock.isExclusive()).isTrue();
            Files.createFile(link.resolve("recipe.yaml"));
        }

        assertThat(link).isSymbolicLink();
        assertThat(disk).isDirectoryContaining("glob:**recipe.yaml").isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void theLockOfTheCacheIsWaitedForAndItsFileStays() throws Exception {
        List<String> said = new ArrayList<>();
        FutureTask<Boolean> second;
        try (ProcessLock first = ProcessLock.ofCache(folder, "data.lock", said::add)) {
            assertThat(first.isExclusive()).isTrue();
            second = new FutureTask<>(() -> {
                try (ProcessLock lock = ProcessLock.ofCache(folder, "data.lock", said::add)) {
                    return lock.isExclusive();
                }
            });
            new Thread(second).start();
            Thread.sleep(100);
            assertThat(second).isNotDone();
        }
        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("data.lock")).exists();
        assertThat(said).isEmpty();
    }

    @Test
    void aRunThatCannotBeWrittenIsTheUsersToName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> ProcessLock.ofRun(file.resolve("run")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("the run folder cannot be written: ")
                .hasMessageEndingWith("give --out a folder that can");
    }
}
