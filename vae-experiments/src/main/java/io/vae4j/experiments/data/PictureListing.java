package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pictures a folder has, by split, each with its class: known from names alone, before any is opened.
 *
 * @param root the folder
 * @param parts the pictures of each split, by its name; those to train on are there
 */
record PictureListing(Path root, Map<String, PicturesOfSplit> parts) {

    static final String TRAIN = "train";
    static final String TEST = "test";
    /** The names that a folder of examples for choices goes by; the first is the name of the split. */
    static final List<String> VALIDATION = List.of("validation", "val");

    static PictureListing of(Path root) throws IOException {
        PictureListing listing = new PictureListing(root, parts(root));
        listing.requireClasses();
        return listing;
    }

    private static Map<String, PicturesOfSplit> parts(Path root) throws IOException {
        List<Path> choices = VALIDATION.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .toList();
        boolean held = Files.isDirectory(root.resolve(TEST)) || !choices.isEmpty();
        if (!held || !Files.isDirectory(root.resolve(TRAIN))) {
            return Map.of(TRAIN, PicturesOfSplit.in(root));
        }
        if (choices.size() > 1) {
            throw new WrongFile("there are both folders " + String.join(" and ", VALIDATION) + ", which mean the same");
        }
        Map<String, PicturesOfSplit> parts = new LinkedHashMap<>();
        parts.put(TRAIN, PicturesOfSplit.in(root.resolve(TRAIN)));
        if (Files.isDirectory(root.resolve(TEST))) {
            parts.put(TEST, PicturesOfSplit.in(root.resolve(TEST)));
        }
        for (Path choice : choices) {
            parts.put(VALIDATION.get(0), PicturesOfSplit.in(choice));
        }
        return parts;
    }

    private void requireClasses() throws WrongFile {
        if (classes().size() > Labels.MOST_CLASSES) {
            throw new WrongFile("there are " + classes().size() + " subfolders of pictures, and " + Labels.MOST_CLASSES
                    + " classes are the most that make sense");
        }
        for (PicturesOfSplit part : parts.values()) {
            part.requireAmong(train());
        }
    }

    PicturesOfSplit train() {
        return Objects.requireNonNull(parts.get(TRAIN));
    }

    /** The names of the classes; none where there are no subfolders. */
    List<String> classes() {
        return train().names();
    }

    /** All of them, split by split. */
    List<Path> pictures() {
        return parts.values().stream()
                .map(PicturesOfSplit::pictures)
                .flatMap(Collection::stream)
                .toList();
    }

    /** The place that a picture has in the folder, by which it is told. */
    String name(Path picture) {
        return root.relativize(picture).toString();
    }

    /** What files there are that are no pictures by their names, for a line; empty where there are none. */
    Optional<String> others() {
        List<Path> others = parts.values().stream()
                .map(PicturesOfSplit::others)
                .flatMap(Collection::stream)
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("left out " + others.size() + (others.size() == 1 ? " file" : " files")
                        + " not called " + String.join(", ", PictureTree.ENDINGS) + ": " + name(others.get(0))
                        + (others.size() == 1 ? "" : ", ..."));
    }

    /** What lies beside the folders of the splits and belongs to none, for a line; empty where nothing does. */
    Optional<String> beside() throws IOException {
        if (train().folder().equals(root)) {
            return Optional.empty();
        }
        List<Path> splits = parts.values().stream().map(PicturesOfSplit::folder).toList();
        List<Path> beside = PictureTree.listed(root).stream()
                .filter(inside ->
                        !splits.contains(inside) && (Files.isDirectory(inside) || PictureTree.isPicture(inside)))
                .toList();
        return beside.isEmpty()
                ? Optional.empty()
                : Optional.of("left out what lies beside the folders of the splits: " + name(beside.get(0))
                        + (beside.size() == 1 ? "" : ", ..."));
    }

    /** A checksum of all names, sizes and times, which changes with any of the files. */
    String fingerprint() throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
        for (Path picture : pictures()) {
            BasicFileAttributes file = Files.readAttributes(picture, BasicFileAttributes.class);
            digest.update(name(picture).getBytes(StandardCharsets.UTF_8));
            digest.update(numbers.clear()
                    .putLong(file.size())
                    .putLong(file.lastModifiedTime().toMillis())
                    .flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
