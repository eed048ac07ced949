package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Watches a file that is mapped: who reads what somebody writes to reads neither the old values nor the new ones, and
 * what lies behind a new end is not there at all. A file that was deleted, or replaced by another one, is still there
 * for those who have it mapped.
 */
final class MappedFile {

    /** To ask for the length takes a microsecond, which is more than reading a row of a few numbers. */
    private static final int AFTER_BYTES = 4096;

    /** To ask for the time takes as long as to read a small row. */
    private static final long EVERY_NANOS = 50_000_000;

    private final Path path;
    private final BasicFileAttributes mapped;
    /** Closed when nobody needs it any more: what was opened is asked, whatever has its name by now. */
    private final RandomAccessFile open;

    private volatile long lookedAt = System.nanoTime();
    /** Several threads may count at once, and lose some: that is near enough. */
    private long unlooked = AFTER_BYTES;

    private MappedFile(Path path, BasicFileAttributes mapped, RandomAccessFile open) {
        this.path = path;
        this.mapped = mapped;
        this.open = open;
    }

    /** A file that is being mapped. */
    static MappedFile of(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        RandomAccessFile open = new RandomAccessFile(absolute.toFile(), "r");
        return new MappedFile(absolute, Files.readAttributes(absolute, BasicFileAttributes.class), open);
    }

    /**
     * Looks at its length before some thousand bytes are read, since memory behind its end is not there, and at its
     * time now and then.
     *
     * @param bytes that are going to be read
     * @throws InvalidInput if somebody wrote to it
     */
    void requireStill(int bytes) {
        unlooked += bytes;
        if (unlooked < AFTER_BYTES) {
            return;
        }
        unlooked = 0;
        requireLength();
        long now = System.nanoTime();
        if (now - lookedAt >= EVERY_NANOS) {
            lookedAt = now;
            requireTime();
        }
    }

    private void requireTime() {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            boolean same =
                    found.size() == mapped.size() && found.lastModifiedTime().equals(mapped.lastModifiedTime());
            if (!same && Objects.equals(found.fileKey(), mapped.fileKey())) {
                throw changed();
            }
        } catch (IOException e) {
            // it is gone by its name, and still mapped
        }
    }

    private void requireLength() {
        try {
            if (open.length() < mapped.size()) {
                throw changed();
            }
        } catch (IOException e) {
            throw changed();
        }
    }

    /** What is said where it was written to. */
    InvalidInput changed() {
        return new InvalidInput(
                "the file was written to, or cut off, while it was in use",
                path.toString(),
                "let it lie as it is until the run ends: write other data under another name");
    }
}
