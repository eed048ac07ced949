package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Examples to learn from and examples held out, with where they came from. An example is an event: an image [C, H, W]
 * or a vector [D].
 */
public interface Dataset {

    /** What people call it, such as "MNIST". */
    String name();

    /** Examples to learn from. */
    Examples train();

    /** Examples by which choices are made, such as when to stop; empty where none were set aside. */
    default Optional<Examples> validation() {
        return Optional.empty();
    }

    /** Examples held out. */
    Examples test();

    /** Where the data came from, and what exactly they were. */
    Provenance provenance();

    /** Where the examples of a split came from, by its name; a split that is not in it is given by the data. */
    default Map<String, SplitOrigin> origins() {
        return Map.of();
    }

    /** What a run must keep of a table's columns; empty for other data. */
    default Optional<TableForm> table() {
        return Optional.empty();
    }

    /**
     * The same data in other splits. What is computed of the examples to train on, such as the statistics by which a
     * table is standardized, is then of those chosen.
     *
     * @throws InvalidInput if that cannot be computed of them
     */
    default Dataset select(Selection chosen) {
        return Resplit.of(this, chosen);
    }

    /** What a model must know of the data; their support is that of all splits together. */
    default DataSummary summary() {
        Support support = Stream.of(Stream.of(train()), validation().stream(), Stream.of(test()))
                .flatMap(split -> split)
                .map(split -> split.values().support())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new DataSummary(
                train().values().event(), support, train().labels().classNames(), table());
    }

    /**
     * The same data, if their splits agree: what a model must know of the data has to hold for all.
     *
     * @throws InvalidInput if a split has events of another shape, values that are stored otherwise, or other labels
     *     than the training split
     */
    static <D extends Dataset> D requireConsistent(D data) {
        requireAlike(data, "test", data.test());
        data.validation().ifPresent(examples -> requireAlike(data, "validation", examples));
        return data;
    }

    private static void requireAlike(Dataset data, String split, Examples examples) {
        Shape event = data.train().values().event();
        if (!examples.values().event().equals(event)) {
            throw new InvalidInput(
                    "examples of the " + split + " split have shape "
                            + examples.values().event() + " and those to train on " + event,
                    data.name(),
                    "bring them all to one shape");
        }
        requireAlikeValues(data, split, examples.values());
        requireAlikeLabels(data, split, examples.labels());
    }

    private static void requireAlikeValues(Dataset data, String split, Values values) {
        Values train = data.train().values();
        if (values.type() != train.type()) {
            throw new InvalidInput(
                    "the " + split + " split is stored as " + values.type() + " and the training split as "
                            + train.type()
                            + ", and bytes stand for byte / 255 while other numbers stand for themselves",
                    data.name(),
                    "store both as uint8, or both as float32 on one scale");
        }
    }

    private static void requireAlikeLabels(Dataset data, String split, Labels labels) {
        Labels train = data.train().labels();
        if (!labels.classNames().equals(train.classNames())) {
            throw new InvalidInput(
                    "the " + split + " split and the training split have different classes",
                    data.name(),
                    "label both, by the same classes, or neither");
        }
        if (!labels.factors().equals(train.factors())) {
            throw new InvalidInput(
                    "the " + split + " split and the training split were made from different factors",
                    data.name(),
                    "give both the same factors, or neither");
        }
    }
}
