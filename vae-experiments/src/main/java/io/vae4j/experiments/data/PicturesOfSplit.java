package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of one split with the names of their classes.
 *
 * @param folder that they are in
 * @param classes of each picture; empty where there are no subfolders
 * @param others files that are no pictures by their names
 */
record PicturesOfSplit(Path folder, List<Path> pictures, List<String> classes, List<Path> others) {

    /** How deep pictures are looked for that are in the wrong place. */
    private static final int DEEPEST = 20;

    static PicturesOfSplit in(Path folder) throws IOException {
        List<Path> pictures = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path inside : PictureTree.listed(folder)) {
            if (Files.isDirectory(inside)) {
                for (Path file : ofClass(inside)) {
                    if (PictureTree.isPicture(file)) {
                        pictures.add(file);
                        classes.add(String.valueOf(inside.getFileName()));
                    } else if (Files.isRegularFile(file)) {
                        others.add(file);
                    }
                }
            } else {
                (PictureTree.isPicture(inside) ? pictures : others).add(inside);
            }
        }
        if (pictures.isEmpty()) {
            throw new WrongFile("there is no PNG, JPEG, BMP or GIF file in " + folder.getFileName());
        }
        if (!classes.isEmpty() && classes.size() < pictures.size()) {
            throw new WrongFile("some pictures of " + folder.getFileName()
                    + " are in subfolders, which are classes, and some are not");
        }
        return new PicturesOfSplit(folder, pictures, classes, others);
    }

    /** What is in the folder of a class. If pictures were deeper, which class they are of would be anybody's guess. */
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
        return inside;
    }

    /** The names of the classes that occur. */
    List<String> names() {
        return classes.stream().distinct().sorted().toList();
    }

    /**
     * Holds the classes against those of the pictures to train on: of a class that never occurs there, a model would be
     * asked for what it never saw.
     */
    void requireAmong(PicturesOfSplit train) throws WrongFile {
        if (classes.isEmpty() != train.classes.isEmpty()) {
            throw new WrongFile("of the folders " + train.folder.getFileName() + " and " + folder.getFileName()
                    + " one has subfolders, which are classes, and the other has none");
        }
        List<String> known = train.names();
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new WrongFile(
                        "the class " + name + " has pictures in " + folder.getFileName() + " and none in "
                                + train.folder.getFileName(),
                        "put pictures of every class into " + train.folder.getFileName() + ", or take " + name
                                + " out of " + folder.getFileName());
            }
        }
    }
}
