package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Columns one behind the other in a file, each of which grows within the place that is kept for all its rows: since the
 * number of rows is known, no column waits for another one. Elements are little-endian.
 */
final class ColumnRegions implements Closeable {

    private final FileChannel channel;
    private final Map<String, Region> regions = new LinkedHashMap<>();

    /** A column's place. */
    static final class Region {

        private final Column column;
        private final long begin;
        private final long end;
        private final CRC32 checksum = new CRC32();
        private long position;

        private Region(Column column, long begin, long rows) {
            this.column = column;
            this.begin = begin;
            end = Math.addExact(begin, Math.multiplyExact(column.rowBytes(), rows));
            position = begin;
        }

        Column column() {
            return column;
        }

        /** Where it begins in the file. */
        long begin() {
            return begin;
        }

        /** Where it ends in the file. */
        long end() {
            return end;
        }

        /** Of the rows so far, to be begun by what stands before them. */
        CRC32 checksum() {
            return checksum;
        }
    }

    /** @param header what stands before the first column */
    ColumnRegions(Path file, List<Region> laidOut, byte[] header) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        laidOut.forEach(region -> regions.put(region.column.name(), region));
        writeFully(ByteBuffer.wrap(header), 0);
    }

    /** The places of columns one behind the other. */
    static List<Region> layout(List<Column> columns, long rows, long from) {
        List<Region> laidOut = new ArrayList<>();
        long begin = from;
        for (Column column : columns) {
            Region region = new Region(column, begin, rows);
            laidOut.add(region);
            begin = region.end;
        }
        return laidOut;
    }

    /** Appends to every column. */
    void write(Map<String, NDArray> rows) throws IOException {
        for (Region region : regions.values()) {
            ByteBuffer bytes = littleEndian(Objects.requireNonNull(rows.get(region.column.name())));
            region.checksum.update(bytes.duplicate());
            int count = bytes.remaining();
            writeFully(bytes, region.position);
            region.position += count;
        }
    }

    /** Waits until the disk has all of it. */
    void force() throws IOException {
        channel.force(true);
    }

    /** The file, to be read. */
    FileChannel channel() {
        return channel;
    }

    private void writeFully(ByteBuffer bytes, long from) throws IOException {
        long position = from;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** The elements as a file has them, whatever machine this is. */
    private static ByteBuffer littleEndian(NDArray rows) {
        ByteBuffer bytes = rows.toByteBuffer();
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalStateException("libtorch has no builds for machines of this byte order");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
