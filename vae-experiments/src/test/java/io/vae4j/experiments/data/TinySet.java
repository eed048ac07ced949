package io.vae4j.experiments.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** A data set in MNIST's form of three and two images of 2 x 2 pixels, with its real checksums. */
final class TinySet {

    static final IdxShape TRAIN_IMAGES = IdxShape.images(3, 2, 2);
    static final byte[] TRAIN_PIXELS = {0, 1, 2, 3, 4, 5, 6, 7, (byte) 252, (byte) 253, (byte) 254, (byte) 255};
    static final byte[] TRAIN_LABELS = {5, 0, 9};
    static final byte[] TEST_PIXELS = {9, 8, 7, 6, 5, 4, 3, 2};
    static final byte[] TEST_LABELS = {7, 2};

    private static final List<byte[]> CONTENTS = List.of(
            idx(TRAIN_IMAGES, TRAIN_PIXELS),
            idx(IdxShape.labels(3), TRAIN_LABELS),
            idx(IdxShape.images(2, 2, 2), TEST_PIXELS),
            idx(IdxShape.labels(2), TEST_LABELS));

    static final IdxSet SET = IdxSet.ofDigits(
            "Tiny",
            new IdxFile("train-images", TRAIN_IMAGES, Sha256.of(CONTENTS.get(0))),
            new IdxFile("train-labels", IdxShape.labels(3), Sha256.of(CONTENTS.get(1))),
            new IdxFile("test-images", IdxShape.images(2, 2, 2), Sha256.of(CONTENTS.get(2))),
            new IdxFile("test-labels", IdxShape.labels(2), Sha256.of(CONTENTS.get(3))));

    private TinySet() {}

    /** The four right files. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (IdxFile file : SET.files()) {
            Files.write(folder.resolve(file.name()), bytes(file));
        }
        return folder;
    }

    /** The pixels of examples that were read. */
    static byte[] pixels(Examples examples) {
        ByteBuffer pixels =
                ByteBuffer.allocate(Math.toIntExact(examples.values().bytes()));
        for (int i = 0; i < examples.count(); i++) {
            examples.values().read(i, pixels);
        }
        return pixels.array();
    }

    /** The labels of examples that were read. */
    static byte[] labels(Examples examples) {
        int[] of = ((Labels.Classes) examples.labels()).of();
        byte[] labels = new byte[of.length];
        for (int i = 0; i < of.length; i++) {
            labels[i] = (byte) of[i];
        }
        return labels;
    }

    /** A cache of this set. */
    static DatasetCache cache(Path root, Consumer<String> progress, DownloadSource... sources) {
        return new DatasetCache("Tiny", SET.dataFiles(), root, List.of(sources), progress);
    }

    static Dataset read(Path folder, String source) throws IOException {
        return new IdxFolder(folder).verified(SET, source);
    }

    /** The right bytes of one of the files. */
    static byte[] bytes(IdxFile file) {
        return CONTENTS.get(SET.files().indexOf(file));
    }

    /** The right bytes of one of the files, named as the cache names it. */
    static byte[] bytes(DataFile file) {
        return CONTENTS.get(SET.dataFiles().indexOf(file));
    }

    static byte[] idx(IdxShape shape, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(shape.header());
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
