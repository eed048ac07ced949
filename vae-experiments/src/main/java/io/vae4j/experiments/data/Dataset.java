package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import java.util.Optional;

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

    /** What a model must know of the data. */
    default DataSummary summary() {
        return new DataSummary(
                train().values().event(),
                train().values().support(),
                train().labels().classNames());
    }

    /**
     * The same data, if their splits agree: what a model must know of the data is read off the training split, and has
     * to hold for all.
     *
     * @throws InvalidInput if a split has events of another shape, values that are stored otherwise or that the
     *     training split's {@link Support} does not cover, or other labels than the training split
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
        if (!train.support().covers(values.support())) {
            throw new InvalidInput(
                    "values of the " + split + " split are " + values.support() + " and those to train on "
                            + train.support(),
                    data.name(),
                    "scale both splits by the same numbers, and clip the " + split
                            + " split to the values that the training split may have");
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
