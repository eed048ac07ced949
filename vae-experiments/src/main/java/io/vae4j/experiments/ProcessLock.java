package io.vae4j.experiments;

import io.vae4j.experiments.data.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Excludes other processes and other threads by a lock file; the system drops the lock of a process that dies. */
public final class ProcessLock implements AutoCloseable {

    /** A file lock belongs to the whole process, so threads must exclude one another before it is asked for. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    /** The name of the lock file of a run. */
    public static final String RUN = ".lock";

    private static final long LOOK_MILLIS = 100;

    private final Semaphore threads;
    private final FileChannel channel;
    private final boolean exclusive;
    private final Optional<Path> run;

    private ProcessLock(Semaphore threads, FileChannel channel, boolean exclusive, Optional<Path> run) {
        this.threads = threads;
        this.channel = channel;
        this.exclusive = exclusive;
        this.run = run;
    }

    /**
     * Waits for the lock of a part of the cache. Its file stays: deleting it would let a third process lock a new file
     * while a second one still waits for the old.
     *
     * @param folder an existing folder
     * @param name of the lock file in it
     * @param progress is told when another process must be waited for, and when the file system cannot lock
     * @throws IOException if the lock file cannot be written
     */
    public static ProcessLock ofCache(Path folder, String name, Consumer<String> progress) throws IOException {
        Path file = folder.toRealPath().resolve(name);
        Semaphore threads = threads(file);
        threads.acquireUninterruptibly();
        return locked(file, threads, Optional.empty(), channel -> waitFor(channel, progress));
    }

    /**
     * Creates the folder of a run where there is none and locks it, or refuses when anybody has it, this process
     * included. Closing removes the lock, and the folder when nothing was written into it.
     */
    public static ProcessLock ofRun(Path folder) {
        return ofRun(folder, "run");
    }

    /** As the other one, for what people call by another name, such as a sweep. */
    public static ProcessLock ofRun(Path folder, String called) {
        try {
            Files.createDirectories(folder);
            Path file = folder.toRealPath().resolve(RUN);
            Semaphore threads = threads(file);
            if (!threads.tryAcquire()) {
                throw occupied(folder, called);
            }
            return locked(file, threads, Optional.of(folder), channel -> {
                if (channel.tryLock() == null) {
                    throw occupied(folder, called);
                }
                return true;
            });
        } catch (IOException e) {
            throw new InvalidInput(
                    "the " + called + " folder cannot be written: " + Reason.of(e),
                    folder.toString(),
                    "give --out a folder that can");
        }
    }

    /**
     * Waits until nobody has a run, such as the process of a sweep that has died, which is about to end.
     *
     * @param limit after which whoever wants the run may be refused it
     */
    public static void awaitRun(Path folder, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (Files.exists(folder.resolve(RUN)) && !isFree(folder) && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static boolean isFree(Path folder) {
        try (ProcessLock lock = ofRun(folder)) {
            return lock.isExclusive();
        } catch (InvalidInput e) {
            return false;
        }
    }

    /** Whether other processes are excluded too: some network file systems cannot lock. */
    public boolean isExclusive() {
        return exclusive;
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (run.isPresent()) {
                Files.deleteIfExists(run.get().resolve(RUN));
                deleteIfEmpty(run.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a lock cannot be removed: " + Reason.of(e), e);
        } finally {
            threads.release();
        }
    }

    /** A link is the user's, and so is a mounted disk, which the system does not let go. */
    private static void deleteIfEmpty(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                return;
            }
        }
        try {
            Files.delete(folder);
        } catch (FileSystemException e) {
            // an empty folder may stay
        }
    }

    private static Semaphore threads(Path file) {
        return THREADS.computeIfAbsent(file, path -> new Semaphore(1));
    }

    /** A way to lock the file; tells whether the lock is exclusive. */
    @FunctionalInterface
    private interface Locking {
        boolean lock(FileChannel channel) throws IOException;
    }

    private static ProcessLock locked(Path file, Semaphore threads, Optional<Path> run, Locking locking)
            throws IOException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                return new ProcessLock(threads, channel, locking.lock(channel), run);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            threads.release();
            throw e;
        }
    }

    private static boolean waitFor(FileChannel channel, Consumer<String> progress) {
        try {
            if (channel.tryLock() == null) {
                progress.accept("another process is filling the cache, waiting for it");
                channel.lock();
            }
            return true;
        } catch (IOException e) {
            // Files are still put in place atomically, so the worst that can happen is that two processes download.
            progress.accept("the cache cannot be locked, going on without: " + e.getMessage());
            return false;
        }
    }

    private static InvalidInput occupied(Path folder, String called) {
        return new InvalidInput(
                "another process is writing this " + called, folder.toString(), "wait for it, or give --out another");
    }
}
