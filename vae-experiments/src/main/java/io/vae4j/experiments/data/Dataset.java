package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
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
     * The same data, if their splits agree.
     *
     * @throws InvalidInput if a split has events of another shape or other kinds of labels than the training split
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
        if (!examples.labels().classNames().equals(data.train().labels().classNames())) {
            throw new InvalidInput(
                    "the " + split + " split and the training split have different classes",
                    data.name(),
                    "label both, by the same classes, or neither");
        }
    }
}
