package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an IDX file says, such as {@code emnist-letters-train-images-idx3-ubyte.gz}.
 *
 * @param file itself
 * @param prefix which data set it is of; empty where the name does not say
 * @param split train, validation or test
 * @param content images or labels
 */
record IdxName(Path file, String prefix, String split, String content) {

    static final String IMAGES = "images";
    static final String LABELS = "labels";

    private static final Pattern NAME = Pattern.compile(
            "(?:(.*)[-_.])?(train|t10k|test|validation|val)[-_.](images|labels)(?:[-_.]idx\\d)?[-_.]ubyte(?:\\.gz)?");

    /** Empty where it is the name of no such file. */
    static Optional<IdxName> of(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String split = switch (name.group(2)) {
            case "train" -> "train";
            case "validation", "val" -> "validation";
            default -> "test";
        };
        return Optional.of(new IdxName(file, Optional.ofNullable(name.group(1)).orElse(""), split, name.group(3)));
    }

    /** The files in a folder. */
    static List<IdxName> in(Path folder) throws IOException {
        return PictureTree.listed(folder).stream()
                .flatMap(file -> of(file).stream())
                .toList();
    }
}
