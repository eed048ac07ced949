package io.vae4j.experiments.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in a file that is mapped into memory: it may be larger than Java's heap and than all memory. The file must stay
 * as it is while it is used, or else reading ends with {@link io.vae4j.experiments.InvalidInput}; it may be deleted or
 * replaced, but for systems that forbid it.
 *
 * @param file that they are in
 * @param parts whole rows each, since no mapping may exceed two gibibytes
 * @param perPart the rows of each part but the last
 */
record MappedRows(MappedFile file, List<MappedByteBuffer> parts, int width, int perPart, int count) implements Rows {

    private static final long LARGEST_PART = 1L << 30;

    /**
     * Maps rows of a file.
     *
     * @param offset where the first begins
     * @throws EOFException if the file is too short for them
     */
    static MappedRows of(Path file, long offset, int count, int width) throws IOException {
        return of(file, offset, count, width, Math.max(width, LARGEST_PART));
    }

    /** As the other one, in parts of at most so many bytes. */
    static MappedRows of(Path file, long offset, int count, int width, long largestPart) throws IOException {
        int perPart = Math.toIntExact(Math.min(count, largestPart / width));
        MappedFile watched = MappedFile.of(file);
        try (FileChannel channel = FileChannel.open(file)) {
            long end = Math.addExact(offset, Math.multiplyExact((long) count, width));
            if (channel.size() < end) {
                throw new EOFException(
                        file.getFileName() + " has " + channel.size() + " bytes, and " + end + " are expected");
            }
            List<MappedByteBuffer> parts = new ArrayList<>();
            for (int from = 0; from < count; from += perPart) {
                long bytes = (long) Math.min(perPart, count - from) * width;
                parts.add(channel.map(FileChannel.MapMode.READ_ONLY, offset + (long) from * width, bytes));
            }
            return new MappedRows(watched, List.copyOf(parts), width, perPart, count);
        }
    }

    @Override
    public void read(int row, ByteBuffer into) {
        file.requireStill(width);
        try {
            into.put(parts.get(row / perPart).slice(row % perPart * width, width));
        } catch (InternalError e) {
            // what Java makes of memory that is no longer there
            throw file.changed();
        }
    }

    @Override
    public boolean isMapped() {
        return true;
    }
}
