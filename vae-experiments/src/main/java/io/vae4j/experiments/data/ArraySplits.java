package io.vae4j.experiments.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds examples and their labels among NumPy arrays, by the arrays' names.
 *
 * @param room what all copies of them may take
 */
record ArraySplits(NamedArrays arrays, HeapRoom room, Gaps gaps) {

    private static final String TRAIN = "train";
    private static final List<String> SPLITS = List.of(TRAIN, "validation", "test");
    private static final List<String> WHOLE = List.of("x", "images", "data", "arr_0");
    private static final List<String> WHOLE_LABELS = List.of("y", "labels", "arr_1");

    /** What there is of one split. */
    private record Pair(ExampleArray x, Optional<LabelArray> y) {}

    /** Whether arrays of these names hold examples to train on. */
    static boolean areAmong(Iterable<String> names) {
        for (String name : names) {
            if (name.equals("x_" + TRAIN) || WHOLE.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The examples by split; those to train on are there. */
    Map<String, IncompleteExamples> examples() throws IOException {
        Map<String, Pair> splits = pairs();
        int classes = classes(splits);
        Map<String, IncompleteExamples> examples = new LinkedHashMap<>();
        for (Map.Entry<String, Pair> split : splits.entrySet()) {
            examples.put(split.getKey(), examples(split.getValue(), classes));
        }
        return examples;
    }

    /** The data set that they make. */
    GivenSplits named(String name, Map<String, IncompleteExamples> examples, Provenance provenance) {
        return new GivenSplits(
                name,
                Objects.requireNonNull(examples.get(TRAIN)),
                Optional.ofNullable(examples.get("validation")),
                Optional.ofNullable(examples.get("test")),
                provenance);
    }

    private Map<String, Pair> pairs() throws IOException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (String split : SPLITS) {
            pair(List.of("x_" + split), List.of("y_" + split)).ifPresent(pair -> pairs.put(split, pair));
        }
        if (!pairs.containsKey(TRAIN)) {
            pairs.put(
                    TRAIN,
                    pair(WHOLE, WHOLE_LABELS)
                            .orElseThrow(() -> new WrongFile(
                                    "there is no array x_train or x; the file holds " + arrays.listed())));
        }
        return pairs;
    }

    private Optional<Pair> pair(List<String> x, List<String> y) throws IOException {
        Optional<NamedArrays.Named> values = arrays.first(x, NumpyArray.Elements.AS_EXAMPLES);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        ExampleArray examples = ExampleArray.of(values.get());
        Optional<NamedArrays.Named> labels = arrays.first(y, NumpyArray.Elements.AS_STORED);
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

    private IncompleteExamples examples(Pair pair, int classes) throws WrongFile {
        return pair.x()
                .examples(
                        gaps,
                        pair.y()
                                .map(labels -> Labels.numbered(classes, labels.of()))
                                .orElse(Labels.none()));
    }
}
