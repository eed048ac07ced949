package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * A NumPy file of several arrays.
 *
 * @param path an untrusted file
 * @param room what its arrays and all copies of them may take
 */
record NpzFile(Path path, HeapRoom room) {

    private static final String TRAIN = "train";
    private static final List<String> SPLITS = List.of(TRAIN, "validation", "test");
    private static final List<String> WHOLE = List.of("x", "images", "data", "arr_0");
    private static final List<String> WHOLE_LABELS = List.of("y", "labels", "arr_1");

    /** What the file holds of one split. */
    private record Pair(ExampleArray x, Optional<LabelArray> y) {}

    Dataset read(double testShare) throws IOException {
        Map<String, Pair> splits = pairs();
        int classes = classes(splits);
        Map<String, Examples> examples = new LinkedHashMap<>();
        for (Map.Entry<String, Pair> split : splits.entrySet()) {
            examples.put(split.getKey(), examples(split.getValue(), classes));
        }
        Provenance provenance = new Provenance(path.toString(), Map.of(name(), sha256()));
        Optional<Examples> test = Optional.ofNullable(examples.get("test"));
        Examples train = Objects.requireNonNull(examples.get(TRAIN));
        TestShare.Parts parts = test.isPresent() ? new TestShare.Parts(train, test.get()) : split(train, testShare);
        return new ArrayDataset(
                name(), parts.train(), Optional.ofNullable(examples.get("validation")), parts.test(), provenance);
    }

    private TestShare.Parts split(Examples all, double testShare) throws WrongFile {
        try {
            return TestShare.split(all, testShare);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(String.valueOf(e.getMessage()), "save more examples, or a test split as x_test");
        }
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    /** The arrays by split; those to train on are there. */
    private Map<String, Pair> pairs() throws IOException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            NpzArrays arrays = new NpzArrays(zip, room);
            for (String split : SPLITS) {
                pair(arrays, List.of("x_" + split), List.of("y_" + split)).ifPresent(pair -> pairs.put(split, pair));
            }
            if (!pairs.containsKey(TRAIN)) {
                pairs.put(
                        TRAIN,
                        pair(arrays, WHOLE, WHOLE_LABELS)
                                .orElseThrow(() -> new WrongFile(
                                        "there is no array x_train or x; the file holds " + arrays.listed())));
            }
        }
        return pairs;
    }

    private Optional<Pair> pair(NpzArrays arrays, List<String> x, List<String> y) throws IOException {
        Optional<NpzArrays.Named> values = arrays.first(x);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        ExampleArray examples = ExampleArray.of(values.get());
        Optional<NpzArrays.Named> labels = arrays.first(y);
        return Optional.of(new Pair(
                examples,
                labels.isEmpty()
                        ? Optional.empty()
                        : Optional.of(LabelArray.of(labels.get(), examples.count(), room))));
    }

    /** How many classes the examples to train on show, which those of other splits are among; 0 without labels. */
    private static int classes(Map<String, Pair> splits) throws WrongFile {
        Optional<LabelArray> train = Objects.requireNonNull(splits.get(TRAIN)).y();
        for (Pair split : splits.values()) {
            if (split.y().isPresent()) {
                LabelArray labels = split.y().get();
                labels.requireAmong(train.orElseThrow(() -> new WrongFile(
                        "there are labels " + labels.name() + ", and none of the examples to train on",
                        "save y_train, too, or leave " + labels.name() + " out")));
            }
        }
        return train.map(LabelArray::classes).orElse(0);
    }

    private Examples examples(Pair arrays, int classes) throws WrongFile {
        Values values = arrays.x().values(room);
        return arrays.y()
                .map(labels -> new Examples(values, Labels.numbered(classes, labels.of())))
                .orElseGet(() -> new Examples(values));
    }

    private String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Sha256.of(in);
        }
    }
}
