package io.vae4j.experiments.application;

/** Which elements of examples are missing. */
public interface Missing {

    /**
     * Whether one is.
     *
     * @param example its place among the examples
     * @param element its place in the event, row-major
     */
    boolean at(int example, int element);

    /** What either of two says. */
    default Missing or(Missing other) {
        return (example, element) -> at(example, element) || other.at(example, element);
    }
}
