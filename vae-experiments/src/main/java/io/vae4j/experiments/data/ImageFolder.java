package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
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

    /** How deep pictures are looked for that are in the wrong place. */
    private static final int DEEPEST = 20;

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

    /** The pictures of one split with the names of their classes; no name where there are no subfolders. */
    private record Part(List<Path> pictures, List<String> classes) {}

    /** What all pictures have in common. */
    private record Form(DecodedImage like, int channels, List<String> names) {}

    Dataset read(double testShare) throws IOException {
        Map<String, Part> parts = parts();
        Form form = form(parts.values());
        MessageDigest digest = Sha256.digest();
        Map<String, Examples> examples = new LinkedHashMap<>();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
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
        return TestShare.split(all, testShare);
    }

    private int take(long bytes, String what) throws WrongFile {
        try {
            return room.take(bytes);
        } catch (WrongFile e) {
            throw new WrongFile(what + " " + e.getMessage());
        }
    }

    /** The pictures by split; those to train on are there. */
    private Map<String, Part> parts() throws IOException {
        List<Path> choices = VALIDATION.stream()
                .map(path::resolve)
                .filter(Files::isDirectory)
                .toList();
        boolean held = Files.isDirectory(path.resolve(TEST)) || !choices.isEmpty();
        if (!held || !Files.isDirectory(path.resolve(TRAIN))) {
            return Map.of(TRAIN, part(path));
        }
        if (choices.size() > 1) {
            throw new WrongFile("there are both folders " + String.join(" and ", VALIDATION) + ", which mean the same");
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(TRAIN, part(path.resolve(TRAIN)));
        if (Files.isDirectory(path.resolve(TEST))) {
            parts.put(TEST, part(path.resolve(TEST)));
        }
        for (Path choice : choices) {
            parts.put(VALIDATION.get(0), part(choice));
        }
        return parts;
    }

    private static Part part(Path folder) throws IOException {
        List<Path> pictures = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (Path inside : PictureTree.listed(folder)) {
            if (Files.isDirectory(inside)) {
                for (Path picture : ofClass(inside)) {
                    pictures.add(picture);
                    classes.add(String.valueOf(inside.getFileName()));
                }
            } else if (PictureTree.isPicture(inside)) {
                pictures.add(inside);
            }
        }
        if (pictures.isEmpty()) {
            throw new WrongFile("there is no PNG or JPEG file in " + folder.getFileName());
        }
        if (!classes.isEmpty() && classes.size() < pictures.size()) {
            throw new WrongFile("some pictures of " + folder.getFileName()
                    + " are in subfolders, which are classes, and some are not");
        }
        return new Part(pictures, classes);
    }

    /** The pictures of a class. If some were deeper, which class they are of would be anybody's guess. */
    private static List<Path> ofClass(Path folder) throws IOException {
        List<Path> inside = PictureTree.listed(folder);
        for (Path below : inside) {
            Optional<Path> deeper = Files.isDirectory(below)
                    ? PictureTree.first(below, DEEPEST, LinkOption.NOFOLLOW_LINKS)
                    : Optional.<Path>empty();
            if (deeper.isPresent()) {
                throw new WrongFile(folder.relativize(deeper.get()) + " lies too deep in " + folder.getFileName()
                        + ", which is the folder of a class");
            }
        }
        return inside.stream().filter(PictureTree::isPicture).toList();
    }

    private static Form form(Collection<Part> parts) throws IOException {
        List<String> names = parts.stream()
                .flatMap(part -> part.classes().stream())
                .distinct()
                .sorted()
                .toList();
        if (names.size() > Labels.MOST_CLASSES) {
            throw new WrongFile("there are " + names.size() + " subfolders of pictures, and " + Labels.MOST_CLASSES
                    + " classes are the most that make sense");
        }
        Path first = parts.iterator().next().pictures().get(0);
        return new Form(DecodedImage.read(first), channels(parts), names);
    }

    /** Three if any picture has color; its header tells. */
    private static int channels(Collection<Part> parts) throws IOException {
        for (Part part : parts) {
            for (Path picture : part.pictures()) {
                if (DecodedImage.hasColor(picture)) {
                    return 3;
                }
            }
        }
        return 1;
    }

    private Examples examples(Part part, Form form, MessageDigest digest) throws IOException {
        DecodedImage like = form.like();
        Shape event = new Shape(form.channels(), like.height(), like.width());
        int count = part.pictures().size();
        ByteBuffer pixels =
                ByteBuffer.allocate(take(event.size() * count, "reading " + count + " pictures of " + like.size()));
        for (Path file : part.pictures()) {
            DecodedImage picture = DecodedImage.read(file);
            if (picture.height() != like.height() || picture.width() != like.width()) {
                throw new WrongFile(path.relativize(file) + " is " + picture.size() + " and the first picture "
                        + like.size() + ": all must have one size");
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
