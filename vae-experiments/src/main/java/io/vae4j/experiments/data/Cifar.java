package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A data set in the form of CIFAR-10's binary version: a record is a class in one byte and the red, green and blue
 * levels of 32 x 32 pixels.
 *
 * @param name what people call it
 * @param classes their names, in the order of their numbers
 * @param train the files to learn from
 * @param test the file held out
 */
record Cifar(String name, List<String> classes, List<DataFile> train, DataFile test) {

    private static final Shape EVENT = new Shape(3, 32, 32);
    private static final int PIXELS = (int) EVENT.size();
    static final int RECORD = 1 + PIXELS;

    /** All files, those to learn from first. */
    List<DataFile> files() {
        List<DataFile> files = new ArrayList<>(train);
        files.add(test);
        return files;
    }

    /** Whether a folder has one of the files, so that it seems to be meant for them. */
    boolean isIn(Path folder) {
        return files().stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file.name())));
    }

    /**
     * Reads and verifies the files of a folder that the user names.
     *
     * @throws InvalidInput if a file is missing, cannot be read or is another one
     */
    Dataset read(Path folder, HeapRoom room) {
        try {
            return verified(folder, "--data-dir", room);
        } catch (IOException e) {
            throw new InvalidInput(
                    Reason.of(e),
                    folder.toString(),
                    "the folder must hold the original files of " + name + "'s binary version: "
                            + files().stream().map(DataFile::name).collect(Collectors.joining(", ")));
        }
    }

    /** As {@link #read}, for callers that know another way when it fails. */
    Dataset verified(Path folder, String source, HeapRoom room) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        files().forEach(file -> sums.put(file.name(), file.sha256()));
        return new ArrayDataset(
                name,
                examples(folder, train, room),
                examples(folder, List.of(test), room),
                new Provenance(source, sums));
    }

    private Examples examples(Path folder, List<DataFile> files, HeapRoom room) throws IOException {
        long records = files.stream().mapToLong(DataFile::bytes).sum() / RECORD;
        ByteBuffer pixels = ByteBuffer.allocate(taken(records * PIXELS, room));
        int[] classes = new int[(int) records];
        int record = 0;
        for (DataFile file : files) {
            byte[] content = file.read(folder);
            for (int start = 0; start < content.length; start += RECORD) {
                classes[record++] = Byte.toUnsignedInt(content[start]);
                pixels.put(content, start + 1, PIXELS);
            }
        }
        return new Examples(
                Values.ofBytes(pixels.flip(), classes.length, EVENT), new Labels.Classes(this.classes, classes));
    }

    private int taken(long bytes, HeapRoom room) throws WrongFile {
        try {
            return room.take(bytes);
        } catch (WrongFile e) {
            throw e.after(name);
        }
    }
}
