package io.vae4j.experiments.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A NumPy file by hand, also one that NumPy would not write. */
final class TinyNpz {

    private final Map<String, byte[]> arrays = new LinkedHashMap<>();

    /**
     * Adds an array.
     *
     * @param type NumPy's, with the byte order
     * @param shape as in the header, such as {@code 20, 2}
     */
    TinyNpz with(String name, String type, String shape, byte... content) {
        arrays.put(name, array(type, shape, content));
        return this;
    }

    /** One array, as numpy.save writes it. */
    static byte[] array(String type, String shape, byte... content) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        array.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        array.writeBytes(content);
        return array.toByteArray();
    }

    /** Adds as many examples of one byte as there are labels, and the labels. */
    TinyNpz split(String name, int... labels) {
        byte[] classes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = (byte) labels[i];
        }
        return examples("x_" + name, labels.length).with("y_" + name, "|u1", labels.length + ",", classes);
    }

    /** Adds so many examples of one byte. */
    TinyNpz examples(String name, int count) {
        return with(name, "|u1", count + ", 1", new byte[count]);
    }

    /** Writes {@code made.npz}. */
    Path write(Path folder) throws IOException {
        Path file = folder.resolve("made.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return file;
    }
}
