package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's file of several arrays, as {@code numpy.savez} writes it: a zip archive, not compressed, of files of one
 * array. A zip archive has its entries one after another and rows come for all of them, so the columns are kept in a
 * file of their own until all rows are there; the disk holds them twice for that moment.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
public final class NpzFormat implements OutputFormat {

    @Override
    public String extension() {
        return "npz";
    }

    /** Twice what the file has. */
    @Override
    public double room(Contents contents) {
        return 2 * contents.bytes();
    }

    @Override
    public RowWriter begin(Path draft, Contents contents) throws IOException {
        return Writer.begin(draft, contents);
    }

    /** Magic, version 1.0, and a Python dictionary that ends at a multiple of 64 bytes. */
    static byte[] header(Column column, long rows) {
        String shape = Arrays.stream(column.shape(rows).getShape())
                .mapToObj(axis -> axis + ",")
                .collect(Collectors.joining(" ", "(", ")"));
        String dictionary =
                "{'descr': '" + column.type().asNumpy() + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int before = 10;
        int length = (before + dictionary.length() + 1 + 63) / 64 * 64 - before;
        String padded = dictionary + " ".repeat(length - dictionary.length() - 1) + "\n";
        byte[] header = new byte[before + length];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> Byte.SIZE)};
        System.arraycopy(magic, 0, header, 0, before);
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, header, before, length);
        return header;
    }

    private record Writer(Path draft, Path spool, ColumnRegions columns, Map<ColumnRegions.Region, byte[]> headers)
            implements RowWriter {

        static Writer begin(Path draft, Contents contents) throws IOException {
            Map<ColumnRegions.Region, byte[]> headers = new LinkedHashMap<>();
            List<ColumnRegions.Region> regions = ColumnRegions.layout(contents.numbers(), contents.rows(), 0);
            for (ColumnRegions.Region region : regions) {
                byte[] header = header(region.column(), contents.rows());
                region.checksum().update(header);
                headers.put(region, header);
            }
            Path spool = draft.resolveSibling(draft.getFileName() + ".columns");
            return new Writer(draft, spool, new ColumnRegions(spool, regions, new byte[0]), headers);
        }

        @Override
        public void write(Map<String, NDArray> rows) throws IOException {
            columns.write(rows);
        }

        @Override
        public void finish() throws IOException {
            try (FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<ColumnRegions.Region, byte[]> each : headers.entrySet()) {
                    append(zip, each.getKey(), each.getValue());
                }
                zip.finish();
                out.flush();
                file.force(true);
            }
        }

        private void append(ZipOutputStream zip, ColumnRegions.Region region, byte[] header) throws IOException {
            ZipEntry entry = new ZipEntry(region.column().name() + ".npy");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(header.length + region.end() - region.begin());
            entry.setCrc(region.checksum().getValue());
            // equal results give equal files
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            zip.putNextEntry(entry);
            zip.write(header);
            WritableByteChannel into = Channels.newChannel(zip);
            long position = region.begin();
            while (position < region.end()) {
                position += columns.channel().transferTo(position, region.end() - position, into);
            }
            zip.closeEntry();
        }

        @Override
        public void close() throws IOException {
            try {
                columns.close();
            } finally {
                Files.deleteIfExists(spool);
            }
        }
    }
}
