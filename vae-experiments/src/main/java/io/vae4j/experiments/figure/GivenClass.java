package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import java.util.List;
import java.util.Optional;

/**
 * The class that a conditional model is given in a figure.
 *
 * @param number of the class; empty for a model without a condition
 * @param classes the names of all
 */
record GivenClass(Optional<Integer> number, List<String> classes) {

    /** As in "only a 2". */
    private static final String USUAL = "2";

    /**
     * That of the options; otherwise the one that is called 2, or the first.
     *
     * @throws io.vae4j.experiments.InvalidInput if the model was not trained with it
     */
    static GivenClass of(Subject run, FigureOptions options) {
        List<String> classes = run.view().summary().classes();
        if (options.condition().isPresent()) {
            return new GivenClass(options.condition().map(run.view()::conditionClass), classes);
        }
        boolean conditional = run.view().conditionClasses().isPresent();
        return new GivenClass(
                conditional ? Optional.of(Math.max(0, classes.indexOf(USUAL))) : Optional.empty(), classes);
    }

    /** The class as the model takes it, for one example. */
    Condition condition(NDManager owner) {
        return number.map(c -> oneHot(owner, c, classes.size())).orElseGet(Condition::none);
    }

    /** A class as a model takes it, for one example. */
    static Condition oneHot(NDManager owner, int number, int classes) {
        NDArray one = owner.full(new Shape(1), number, DataType.INT64);
        return Condition.given(one.oneHot(classes, DataType.FLOAT32));
    }

    /** For titles, such as {@code , given 2}; empty where there is no condition. */
    String inWords() {
        return number.map(c -> ", given " + classes.get(c)).orElse("");
    }
}
