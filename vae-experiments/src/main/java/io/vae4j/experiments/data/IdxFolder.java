package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A folder that should hold the four files of a data set, each raw or packed as {@code .gz}.
 *
 * @param path the folder
 */
public record IdxFolder(Path path) {

    /**
     * Reads and verifies the four files.
     *
     * @param set what the files must be
     * @param source what {@link Provenance#source} shall say
     * @throws InvalidInput if a file is missing, cannot be read or is another one than the set's
     */
    public Dataset read(IdxSet set, String source) {
        try {
            return verified(set, source);
        } catch (IOException e) {
            throw new InvalidInput(
                    Reason.of(e),
                    path.toString(),
                    "the folder must hold the original %s files, raw or .gz: %s"
                            .formatted(set.name(), set.fileNames()));
        }
    }

    /** As {@link #read}, for callers that know another way when it fails. */
    Dataset verified(IdxSet set, String source) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new WrongFile("no such folder");
        }
        String missing = set.files().stream()
                .filter(file -> !Idx.exists(path, file))
                .map(IdxFile::name)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new WrongFile("missing: " + missing);
        }
        Examples train = part(set, set.trainImages(), set.trainLabels());
        Examples test = part(set, set.testImages(), set.testLabels());
        return new ArrayDataset(set.name(), train, test, new Provenance(source, set.sha256()));
    }

    /**
     * Whether a folder seems to be meant for a data set. Others have files of the same names, so that the labels tell:
     * they are small.
     */
    static boolean isOf(Path folder, IdxSet set) {
        try {
            Idx.read(folder, Idx.exists(folder, set.testLabels()) ? set.testLabels() : set.trainLabels());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Examples part(IdxSet set, IdxFile images, IdxFile labels) throws IOException {
        // The small file first: a wrong folder is then refused without reading the large one.
        byte[] classes = Idx.read(path, labels).bytes();
        byte[] pixels = Idx.read(path, images).bytes();
        IdxShape shape = images.shape();
        int[] of = new int[classes.length];
        Arrays.setAll(of, i -> Byte.toUnsignedInt(classes[i]));
        Shape event = new Shape(1, shape.sizes().get(1), shape.sizes().get(2));
        return new Examples(
                Values.ofBytes(ByteBuffer.wrap(pixels), shape.count(), event), new Labels.Classes(set.classes(), of));
    }
}
