package io.vae4j.experiments.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The four files of a data set in MNIST's form.
 *
 * @param name what people call the data set; its lower case names the folder in the cache
 * @param classes their names, in the order of their numbers
 * @param trainImages images to learn from, [count, height, width]
 * @param trainLabels their labels, [count]
 * @param testImages images held out, [count, height, width]
 * @param testLabels their labels, [count]
 */
public record IdxSet(
        String name,
        List<String> classes,
        IdxFile trainImages,
        IdxFile trainLabels,
        IdxFile testImages,
        IdxFile testLabels) {

    /**
     * Checks that each part has as many labels as images.
     *
     * @throws IllegalArgumentException if a part has not
     */
    public IdxSet {
        classes = List.copyOf(classes);
        requirePair(trainImages, trainLabels);
        requirePair(testImages, testLabels);
    }

    /** Of ten classes that have no names but their numbers. */
    public static IdxSet ofDigits(
            String name, IdxFile trainImages, IdxFile trainLabels, IdxFile testImages, IdxFile testLabels) {
        List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return new IdxSet(name, digits, trainImages, trainLabels, testImages, testLabels);
    }

    /** All four, in the order of the components. */
    public List<IdxFile> files() {
        return List.of(trainImages, trainLabels, testImages, testLabels);
    }

    /** All four, as the cache wants them. */
    List<DataFile> dataFiles() {
        return files().stream()
                .map(file -> new DataFile(file.name(), file.bytes(), file.sha256()))
                .toList();
    }

    /** The four names, for a sentence. */
    String fileNames() {
        return files().stream().map(IdxFile::name).collect(Collectors.joining(", "));
    }

    /** The four checksums by file name, in order. */
    Map<String, String> sha256() {
        Map<String, String> sums = new LinkedHashMap<>();
        files().forEach(file -> sums.put(file.name(), file.sha256()));
        return sums;
    }

    private static void requirePair(IdxFile images, IdxFile labels) {
        if (images.shape().sizes().size() != 3
                || labels.shape().sizes().size() != 1
                || images.shape().count() != labels.shape().count()) {
            throw new IllegalArgumentException("%s is %s and %s is %s: not images and their labels"
                    .formatted(images.name(), images.shape(), labels.name(), labels.shape()));
        }
    }
}
