package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder of pictures, which nobody vouches for.
 *
 * @param path the folder
 * @param room what its pictures and all copies of them may take
 */
record ImageFolder(Path path, HeapRoom room) {

    private static final String TRAIN = "train";
    private static final String TEST = "test";

    /** The names that a folder of examples for choices goes by; the first is the name of the split. */
    private static final List<String> VALIDATION = List.of("validation", "val");

    /** Deep enough for {@code train/class/picture.png}. */
    private static final int DEPTH = 2;

    /** Whether there is a picture, by name, in a folder or below it, or a folder that only reading will tell of. */
    static boolean mayHoldPictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            return PictureTree.first(folder, DEPTH).isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    /** What all pictures have in common. */
    private record Form(DecodedImage like, int channels, List<String> names) {}

    Dataset read(double testShare) throws IOException {
        Map<String, PicturesOfSplit> parts = parts();
        Form form = form(parts);
        MessageDigest digest = Sha256.digest();
        Map<String, Examples> examples = new LinkedHashMap<>();
        for (Map.Entry<String, PicturesOfSplit> part : parts.entrySet()) {
            examples.put(part.getKey(), examples(part.getValue(), form, digest));
        }
        Optional<Examples> test = Optional.ofNullable(examples.get(TEST));
        Examples train = Objects.requireNonNull(examples.get(TRAIN));
        TestShare.Parts shares = test.isPresent() ? new TestShare.Parts(train, test.get()) : split(train, testShare);
        int pictures =
                parts.values().stream().mapToInt(part -> part.pictures().size()).sum();
        Map<String, String> sum = Map.of(pictures + " pictures", HexFormat.of().formatHex(digest.digest()));
        return new ArrayDataset(
                String.valueOf(path.getFileName()),
                shares.train(),
                Optional.ofNullable(examples.get(VALIDATION.get(0))),
                shares.test(),
                new Provenance(path.toString(), sum));
    }

    private TestShare.Parts split(Examples all, double testShare) throws WrongFile {
        take(all.values().bytes(), "setting some of " + all.count() + " pictures aside for the test");
        try {
            return TestShare.split(all, testShare);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(
                    String.valueOf(e.getMessage()),
                    "put more pictures into it, or pictures into folders train and test");
        }
    }

    private int take(long bytes, String what) throws WrongFile {
        try {
            return room.take(bytes);
        } catch (WrongFile e) {
            throw e.after(what);
        }
    }

    /** The pictures by split; those to train on are there. */
    private Map<String, PicturesOfSplit> parts() throws IOException {
        List<Path> choices = VALIDATION.stream()
                .map(path::resolve)
                .filter(Files::isDirectory)
                .toList();
        boolean held = Files.isDirectory(path.resolve(TEST)) || !choices.isEmpty();
        if (!held || !Files.isDirectory(path.resolve(TRAIN))) {
            return Map.of(TRAIN, PicturesOfSplit.in(path));
        }
        if (choices.size() > 1) {
            throw new WrongFile("there are both folders " + String.join(" and ", VALIDATION) + ", which mean the same");
        }
        Map<String, PicturesOfSplit> parts = new LinkedHashMap<>();
        parts.put(TRAIN, PicturesOfSplit.in(path.resolve(TRAIN)));
        if (Files.isDirectory(path.resolve(TEST))) {
            parts.put(TEST, PicturesOfSplit.in(path.resolve(TEST)));
        }
        for (Path choice : choices) {
            parts.put(VALIDATION.get(0), PicturesOfSplit.in(choice));
        }
        return parts;
    }

    private Form form(Map<String, PicturesOfSplit> parts) throws IOException {
        PicturesOfSplit train = Objects.requireNonNull(parts.get(TRAIN));
        List<String> names = train.names();
        if (names.size() > Labels.MOST_CLASSES) {
            throw new WrongFile("there are " + names.size() + " subfolders of pictures, and " + Labels.MOST_CLASSES
                    + " classes are the most that make sense");
        }
        for (PicturesOfSplit part : parts.values()) {
            part.requireAmong(train);
        }
        Path first = train.pictures().get(0);
        return new Form(told(first, () -> DecodedImage.read(first)), channels(parts.values()), names);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads a picture, whose faults are told with the place that it has in the folder. */
    private <T> T told(Path picture, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (WrongFile e) {
            throw e.after(path.relativize(picture).toString());
        }
    }

    /** Three if any picture has color; its header tells. */
    private int channels(Collection<PicturesOfSplit> parts) throws IOException {
        for (PicturesOfSplit part : parts) {
            for (Path picture : part.pictures()) {
                if (told(picture, () -> DecodedImage.hasColor(picture))) {
                    return 3;
                }
            }
        }
        return 1;
    }

    private Examples examples(PicturesOfSplit part, Form form, MessageDigest digest) throws IOException {
        DecodedImage like = form.like();
        Shape event = new Shape(form.channels(), like.height(), like.width());
        int count = part.pictures().size();
        ByteBuffer pixels =
                ByteBuffer.allocate(take(event.size() * count, "reading " + count + " pictures of " + like.size()));
        for (Path file : part.pictures()) {
            DecodedImage picture = told(file, () -> DecodedImage.read(file));
            if (picture.height() != like.height() || picture.width() != like.width()) {
                throw new WrongFile(
                        path.relativize(file) + " is " + picture.size() + " and the first picture " + like.size()
                                + ": all must have one size",
                        "bring the pictures to one size, as by Pillow's Image.resize");
            }
            byte[] decoded = picture.channels(form.channels());
            pixels.put(decoded);
            digest.update(path.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(decoded);
        }
        Values values = Values.ofBytes(pixels.flip(), count, event);
        int[] of = part.classes().stream().mapToInt(form.names()::indexOf).toArray();
        return form.names().isEmpty()
                ? new Examples(values)
                : new Examples(values, new Labels.Classes(form.names(), of));
    }
}
