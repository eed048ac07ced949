package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of pictures, which nobody vouches for.
 *
 * @param path the folder
 */
record ImageFolder(Path path) {

    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    /** Deep enough for {@code train/class/picture.png}. */
    private static final int DEPTH = 3;

    /** Whether there is a picture, by name, in a folder or below it. */
    static boolean holdsPictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.anyMatch(ImageFolder::isPicture);
        } catch (IOException e) {
            return false;
        }
    }

    /** The pictures of one split with the names of their classes; no name where there are no subfolders. */
    private record Part(List<Path> pictures, List<String> classes) {}

    Dataset read(double testShare) throws IOException {
        boolean split = Files.isDirectory(path.resolve("train")) && Files.isDirectory(path.resolve("test"));
        Part first = part(split ? path.resolve("train") : path);
        Optional<Part> held = split ? Optional.of(part(path.resolve("test"))) : Optional.empty();
        List<String> names = Stream.concat(
                        first.classes().stream(), held.stream().flatMap(p -> p.classes().stream()))
                .distinct()
                .sorted()
                .toList();
        DecodedImage like = DecodedImage.read(first.pictures().get(0));
        int channels = channels(first, held);
        MessageDigest digest = Sha256.digest();
        Examples all = examples(first, names, like, channels, digest);
        TestShare.Parts parts = held.isPresent()
                ? new TestShare.Parts(all, examples(held.get(), names, like, channels, digest))
                : TestShare.split(all, testShare);
        int pictures =
                first.pictures().size() + held.map(p -> p.pictures().size()).orElse(0);
        Map<String, String> sum = Map.of(pictures + " pictures", HexFormat.of().formatHex(digest.digest()));
        return new ArrayDataset(
                String.valueOf(path.getFileName()), parts.train(), parts.test(), new Provenance(path.toString(), sum));
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static Part part(Path folder) throws IOException {
        List<Path> pictures = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (Path inside : listed(folder)) {
            if (Files.isDirectory(inside)) {
                listed(inside).stream().filter(ImageFolder::isPicture).forEach(picture -> {
                    pictures.add(picture);
                    classes.add(String.valueOf(inside.getFileName()));
                });
            } else if (isPicture(inside)) {
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

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted().toList();
        }
    }

    /** Three if any picture has color; its header tells. */
    private static int channels(Part first, Optional<Part> held) throws IOException {
        for (Part part : held.map(p -> List.of(first, p)).orElse(List.of(first))) {
            for (Path picture : part.pictures()) {
                if (DecodedImage.hasColor(picture)) {
                    return 3;
                }
            }
        }
        return 1;
    }

    private Examples examples(Part part, List<String> names, DecodedImage like, int channels, MessageDigest digest)
            throws IOException {
        int size = Math.multiplyExact(channels, Math.multiplyExact(like.height(), like.width()));
        long bytes = (long) size * part.pictures().size();
        if (bytes > Runtime.getRuntime().maxMemory() / 2) {
            throw new WrongFile(part.pictures().size() + " pictures of " + like.size() + " take " + bytes
                    + " bytes, more than fits; give Java more memory, as by VAE_JAVA_OPTS=-Xmx8g");
        }
        ByteBuffer pixels = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (Path file : part.pictures()) {
            DecodedImage picture = DecodedImage.read(file);
            if (picture.height() != like.height() || picture.width() != like.width()) {
                throw new WrongFile(path.relativize(file) + " is " + picture.size() + " and the first picture "
                        + like.size() + ": all must have one size");
            }
            byte[] decoded = picture.channels(channels);
            pixels.put(decoded);
            digest.update(path.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(decoded);
        }
        Shape event = new Shape(channels, like.height(), like.width());
        Values values = Values.ofBytes(pixels.flip(), part.pictures().size(), event);
        int[] of = part.classes().stream().mapToInt(names::indexOf).toArray();
        return names.isEmpty() ? new Examples(values) : new Examples(values, new Labels.Classes(names, of));
    }
}
