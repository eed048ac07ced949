package io.vae4j.experiments.fuzz;

import com.sun.management.ThreadMXBean;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Puts files to a reader, holds what comes of them against what every reader promises, and counts. */
final class MeasuredReader {

    /** The most that one small file may make a reader allocate, and let go again, on Java's heap. */
    private static final long MOST_ALLOCATED = 256L << 20;

    /** Of the processor: how long a file takes on the clock is the machine's affair. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int LONGEST_MESSAGE = 4000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzedReader reader;
    private final Path folder;
    private long accepted;
    private long refused;
    private long mostAllocated;
    private long slowest;

    /** @param parent of the reader's own folder */
    MeasuredReader(FuzzedReader reader, Path parent) throws IOException {
        this.reader = reader;
        folder = Files.createDirectories(parent.resolve(reader.name()));
    }

    /**
     * What came of all files so far.
     *
     * @param mostAllocated bytes that one file made the reader allocate
     * @param slowest milliseconds of the processor that one file took
     */
    record Tally(String reader, long accepted, long refused, long mostAllocated, long slowest) {}

    Tally tally() {
        return new Tally(reader.name(), accepted, refused, mostAllocated, TimeUnit.NANOSECONDS.toMillis(slowest));
    }

    /** What is done once goes before what is measured: classes are loaded, and perhaps the engine. */
    void warmUp() throws IOException {
        for (byte[] seed : reader.seeds()) {
            reader.reading().read(seed.clone(), folder);
        }
    }

    /** Reads a file; what is thrown from here is a fault of the reader. */
    void read(byte[] file) throws IOException {
        long allocated = THREAD.getCurrentThreadAllocatedBytes();
        long started = THREAD.getCurrentThreadCpuTime();
        try {
            reader.reading().read(file, folder);
            accepted++;
        } catch (InvalidInput e) {
            requireLine(e);
            refused++;
        }
        requireModest(THREAD.getCurrentThreadAllocatedBytes() - allocated, THREAD.getCurrentThreadCpuTime() - started);
    }

    private void requireModest(long bytes, long nanos) {
        mostAllocated = Math.max(mostAllocated, bytes);
        slowest = Math.max(slowest, nanos);
        if (bytes > MOST_ALLOCATED || nanos > MOST_NANOS) {
            throw new AssertionError(
                    reader.name() + " allocated " + bytes + " bytes and took " + nanos + " ns for a file");
        }
    }

    /** A terminal shows it: one line of reasonable length, and nothing that a terminal takes for a command. */
    private void requireLine(InvalidInput refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.length() > LONGEST_MESSAGE || UNPRINTABLE.matcher(message).find()) {
            throw new AssertionError(reader.name() + " says more than a line: " + message, refusal);
        }
    }
}
