package io.vae4j.experiments.fuzz;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.CsvProvider;
import io.vae4j.experiments.data.CsvProvider.CsvSource;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.IdxProvider.IdxSource;
import io.vae4j.experiments.data.NpmArchiveReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Readers of tables, of IDX files, and of the archive in which MNIST comes. */
final class DataReaders {

    private static final String TABLE = "height,\"width\",label\n1.5,2,a\n-3e2,.5,b\n0,7,a\n2,2,\"b\"\n1,1,a\n9,8,b\n";
    private static final List<String> CSV = List.of(
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "label",
            "class",
            "nan",
            "NaN",
            "Infinity",
            "-inf",
            "1e400",
            "1e-400",
            "0x1p3",
            "1_000",
            "1,5",
            "#",
            "\u00EF\u00BB\u00BF",
            "\u0000",
            "\u00FF\u00FE",
            " ");
    private static final List<String> IDX = List.of(
            "\u0000\u0000\u0008\u0003",
            "\u0000\u0000\u0008\u0001",
            "\u0000\u0000\u0008\u0004",
            "\u0000\u0000\r\u0003",
            "\u007F\u00FF\u00FF\u00FF",
            "\u0080\u0000\u0000\u0000",
            "\u00FF\u00FF\u00FF\u00FF",
            "\u0000\u0000\u0000\u0000",
            "\u0000\u0000\u0000\u0004",
            "\u001F\u008B\u0008");
    private static final List<String> TAR = List.of(
            "ustar\u0000",
            "ustar  ",
            "00000000014",
            "77777777777",
            "-0000000001",
            "0",
            "2",
            "5",
            "L",
            "K",
            "x",
            "g",
            "\u0080\u0000\u0000\u0000",
            "package/data/train-images",
            "../",
            "././@LongLink",
            "30 path=package/data/train\n",
            "22 GNU.sparse.size=9\n",
            "GNU.sparse.map=0,1\n",
            "SCHILY.",
            "size=");

    private DataReaders() {}

    static List<FuzzedReader> all() throws IOException {
        byte[] images = idx(3, 6, 2, 2);
        byte[] labels = idx(1, 6);
        return List.of(
                new FuzzedReader("csv", List.of(FuzzedReader.utf8(TABLE), semicolons()), CSV, DataReaders::csv),
                new FuzzedReader("csv-asked", List.of(FuzzedReader.utf8(TABLE)), CSV, DataReaders::csvAsked),
                new FuzzedReader(
                        "idx", List.of(images, idx(4, 6, 2, 2, 3)), IDX, (file, in) -> idx(file, in, "images")),
                new FuzzedReader("idx-labels", List.of(labels), IDX, (file, in) -> {
                    Files.write(in.resolve("train-images-idx3-ubyte"), images);
                    idx(file, in, "labels");
                }),
                new FuzzedReader("idx-gz", List.of(gzip(images)), IDX, (file, in) -> idx(file, in, "images.gz")),
                new FuzzedReader("idx-known", List.of(NpmArchiveReading.known()), IDX, NpmArchiveReading::readKnown),
                new FuzzedReader("npm-tgz", List.of(NpmArchiveReading.archive()), TAR, DataReaders::archive),
                new FuzzedReader(
                        "npm-tar",
                        List.of(NpmArchiveReading.tar()),
                        TAR,
                        (file, in) -> archive(NpmArchiveReading.gzip(file), in)));
    }

    private static byte[] semicolons() {
        return FuzzedReader.utf8(
                TABLE.replace(',', ';').replace("label", "class").replace("\n", "\r\n"));
    }

    private static void csv(byte[] file, Path folder) throws IOException {
        Path table = Files.write(folder.resolve("made.csv"), file);
        NumpyReaders.load(new CsvProvider().at(table).orElseThrow());
    }

    /** A table with gaps that is put to a model of another one. */
    private static void csvAsked(byte[] file, Path folder) throws IOException {
        DataAccess access = new DataAccess(folder, Optional.empty(), line -> {});
        Path known = Files.write(folder.resolve("known.csv"), FuzzedReader.utf8(TABLE));
        DataSummary form =
                new CsvSource(known, Optional.of("label"), 0.25).load(access).summary();
        CsvSource asked = new CsvSource(Files.write(folder.resolve("made.csv"), file), Optional.of("label"), 0.25);
        asked.incomplete(access, form);
    }

    private static void idx(byte[] file, Path folder, String what) throws IOException {
        String name = "train-" + what.replace("labels", "labels-idx1-ubyte").replace("images", "images-idx3-ubyte");
        Files.write(folder.resolve(name), file);
        NumpyReaders.load(new IdxSource(folder, Optional.empty(), 0.25));
    }

    private static void archive(byte[] file, Path folder) {
        try {
            NpmArchiveReading.read(file, folder);
        } catch (IOException e) {
            // as the cache does, which then knows another source
            throw new InvalidInput("the archive cannot be read: " + e.getMessage(), "fuzzed", "take another source");
        }
    }

    private static byte[] idx(int axes, int... sizes) {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES * (1 + axes)).putInt(0x0800 + axes);
        int content = 1;
        for (int size : sizes) {
            header.putInt(size);
            content *= size;
        }
        return ByteBuffer.allocate(header.capacity() + content)
                .put(header.array())
                .array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
