package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Excludes other threads and other processes from a part of the cache.
 *
 * <p>The lock file stays: deleting it would let a third process lock a new file while a second one still waits for the
 * old. A process that dies releases its lock.
 */
final class CacheLock implements AutoCloseable {

    /** A file lock belongs to the whole process, so threads must exclude one another before it is asked for. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;
    private final boolean exclusive;

    private CacheLock(ReentrantLock threads, FileChannel channel, boolean exclusive) {
        this.threads = threads;
        this.channel = channel;
        this.exclusive = exclusive;
    }

    /**
     * Waits for the lock.
     *
     * @param folder an existing folder
     * @param name of the lock file in it
     * @param progress is told when another process must be waited for, and when the file system cannot lock
     * @throws IOException if the lock file cannot be written
     */
    static CacheLock acquire(Path folder, String name, Consumer<String> progress) throws IOException {
        Path file = folder.toRealPath().resolve(name);
        ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        threads.lock();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new CacheLock(threads, channel, lock(channel, progress));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** Whether other processes are excluded too: some network file systems cannot lock. */
    boolean isExclusive() {
        return exclusive;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }

    private static boolean lock(FileChannel channel, Consumer<String> progress) {
        try {
            Optional<FileLock> free = Optional.ofNullable(channel.tryLock());
            if (free.isEmpty()) {
                progress.accept("another process is filling the cache, waiting for it");
                channel.lock();
            }
            return true;
        } catch (IOException e) {
            // Files are still put in place atomically, so the worst that can happen is that two processes download.
            progress.accept("the cache cannot be locked, going on without: " + Reason.of(e));
            return false;
        }
    }
}
