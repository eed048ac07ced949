package io.vae4j.experiments.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.NpyProvider.NpySource;
import io.vae4j.experiments.data.NpzProvider.NpzSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Readers of NumPy's files: one array, several in files of their own, and several in an archive. */
final class NumpyReaders {

    private static final String MAGIC = "\u0093NUMPY";
    private static final List<String> NAMES =
            List.of("x_train", "y_train", "x_test", "y_test", "x_validation", "y_validation");
    private static final List<String> WORDS = List.of(
            MAGIC,
            MAGIC + "\u0001\u0000",
            MAGIC + "\u0002\u0000",
            "'descr': ",
            "'fortran_order': ",
            "'shape': ",
            "False",
            "True",
            "'|u1'",
            "'<f4'",
            "'>f4'",
            "'<f8'",
            "'<i8'",
            "'<u8'",
            "'|b1'",
            "'|O'",
            "'<U4'",
            "[('a', '<f4')]",
            "(4, 2)",
            "(4,)",
            "()",
            "(0, 4)",
            "(2147483647, 0)",
            "(2147483648,)",
            "9223372036854775807",
            "-1",
            "), }",
            "\n",
            "PK\u0003\u0004",
            "PK\u0001\u0002",
            "PK\u0005\u0006",
            "PK\u0006\u0006",
            "PK\u0006\u0007",
            "x.npy",
            "x_train.npy",
            "y_train.npy");

    private NumpyReaders() {}

    static List<FuzzedReader> all() throws IOException {
        byte[] bytes = array("|u1", "4, 2", new byte[] {0, 1, 2, 3, 4, 5, 6, (byte) 255});
        byte[] floats = array("<f4", "4, 1", floats(1, -2, 0.5f, 3));
        byte[] wide = array(">i8", "4, 1, 1, 1", new byte[32]);
        byte[] labels = array("|u1", "4,", new byte[] {0, 1, 1, 0});
        byte[] whole = joined(bytes, labels, bytes, labels);
        return List.of(
                new FuzzedReader("npy", List.of(bytes, floats, wide), WORDS, NumpyReaders::npy),
                new FuzzedReader("npy-folder", List.of(whole, joined(floats, labels)), WORDS, NumpyReaders::npyFolder),
                new FuzzedReader("npz-arrays", List.of(whole, joined(wide, labels)), WORDS, NumpyReaders::npzArrays),
                new FuzzedReader(
                        "npz",
                        List.of(zip(Map.of("x", bytes)), zip(split(whole)), zip(Map.of("x_train", floats))),
                        WORDS,
                        NumpyReaders::npz));
    }

    private static void npy(byte[] file, Path folder) throws IOException {
        load(new NpySource(Files.write(folder.resolve("made.npy"), file), 0.25));
    }

    /** A file for each array, of which an input has one after the other. */
    private static void npyFolder(byte[] file, Path folder) throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name + ".npy"));
        }
        for (Map.Entry<String, byte[]> array : split(file).entrySet()) {
            Files.write(folder.resolve(array.getKey() + ".npy"), array.getValue());
        }
        load(new NpySource(folder, 0.25));
    }

    /** The arrays, whose archive is always whole: an archive that is changed itself seldom gets so far. */
    private static void npzArrays(byte[] file, Path folder) throws IOException {
        npz(zip(split(file)), folder);
    }

    private static void npz(byte[] file, Path folder) throws IOException {
        load(new NpzSource(Files.write(folder.resolve("made.npz"), file), 0.25));
    }

    /** Reads the data, and the first and the last example of each split. */
    static void load(DatasetSource source) {
        Dataset data = source.load(new DataAccess(Path.of("unused"), Optional.empty(), line -> {}));
        data.summary();
        touch(data.train());
        touch(data.test());
        data.validation().ifPresent(NumpyReaders::touch);
    }

    private static void touch(Examples examples) {
        ByteBuffer row = ByteBuffer.allocate(examples.values().exampleBytes());
        examples.values().read(0, row);
        examples.values().read(examples.count() - 1, row.clear());
        examples.labels().numbers().forEach(label -> {});
    }

    /** Each part that begins as an array does, by name. */
    private static Map<String, byte[]> split(byte[] file) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        String[] parts = new String(file, ISO_8859_1).split("(?=" + MAGIC + ")", NAMES.size());
        for (int i = 0; i < parts.length; i++) {
            arrays.put(NAMES.get(i), parts[i].getBytes(ISO_8859_1));
        }
        return arrays;
    }

    private static byte[] zip(Map<String, byte[]> arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] array(String type, String shape, byte[] content) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        String start = MAGIC + "\u0001\u0000" + (char) header.length() + "\u0000" + header;
        return joined(start.getBytes(ISO_8859_1), content);
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
