package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where pictures lie in folders; what begins with a dot, such as .git or .ipynb_checkpoints, is nobody's picture. */
final class PictureTree {

    static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    private PictureTree() {}

    /** Whether a file is a picture, by its name. */
    static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    /** What is in a folder, in the order of the names. */
    static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A picture in a folder or so many levels below it.
     *
     * @param links whether those to folders are followed; one to a folder above leads round in a circle
     * @throws IOException if no picture was found and a folder cannot be read
     */
    static Optional<Path> first(Path folder, int levels, LinkOption... links) throws IOException {
        List<Path> inside = listed(folder);
        Optional<Path> here = inside.stream().filter(PictureTree::isPicture).findFirst();
        if (here.isPresent() || levels == 0) {
            return here;
        }
        for (Path below : inside) {
            if (Files.isDirectory(below, links)) {
                Optional<Path> found = first(below, levels - 1, links);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
