package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two processes from writing one run folder; the system drops the lock of a process that dies. */
final class RunLock implements AutoCloseable {

    private static final String NAME = ".lock";

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Creates the folder where there is none and locks it. */
    static RunLock acquire(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new InvalidInput(
                        "another process is writing this run", folder.toString(), "wait for it, or give --out another");
            }
            return new RunLock(folder, channel);
        } catch (IOException e) {
            throw new InvalidInput(
                    "the run folder cannot be written: " + e, folder.toString(), "give --out a folder that can");
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** Removes the lock, and the folder when a run never began in it. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(folder.resolve(NAME));
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // the usual case: a run is in it
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + folder + " cannot be removed", e);
        }
    }
}
