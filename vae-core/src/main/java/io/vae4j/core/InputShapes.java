package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shapes that a block was initialized with. Refuses other ones before the engine does so in its own words; looks at
 * shapes only, never at the device.
 *
 * @param shapes [1, ...X], and [1, C] where there is a condition
 */
record InputShapes(List<Shape> shapes) {

    /** [1, ...X] of x, [..., ...X]; what has no axis in front stays as it is, for whoever refuses it. */
    static Shape[] event(NDArray x, int eventRank) {
        Shape shape = x.getShape();
        int leading = shape.dimension() - eventRank;
        return new Shape[] {leading < 1 ? shape : new Shape(1).addAll(shape.slice(leading))};
    }

    /** [1, ...X] of each input, [K, B, ...X], and [1, C] of the condition. */
    static Shape[] examples(Condition condition, NDArray... inputs) {
        Stream<Shape> events =
                Arrays.stream(inputs).map(x -> x.getShape().slice(2)).map(event -> new Shape(1).addAll(event));
        Stream<Shape> conditions = condition instanceof Condition.Given given
                ? Stream.of(new Shape(1, given.values().getShape().get(1)))
                : Stream.empty();
        return Stream.concat(events, conditions).toArray(Shape[]::new);
    }

    /** @param x [B, ...X] */
    void require(NDArray x, Condition condition) {
        requireEvent("data", x, 1);
        require(condition);
        if (condition instanceof Condition.Given
                && condition.batch() != x.getShape().get(0)) {
            throw new IllegalArgumentException("the condition is about " + condition.batch() + " examples and the data"
                    + " hold " + x.getShape().get(0) + "; give one row of the condition for each example");
        }
    }

    void require(Condition condition) {
        if (condition instanceof Condition.Given given) {
            Shape shape = given.values().getShape();
            if (shapes.size() < 2 || shape.get(1) != shapes.get(1).get(1)) {
                throw new IllegalArgumentException("the condition has shape " + shape + remedy());
            }
        } else if (shapes.size() > 1) {
            throw new IllegalArgumentException("no condition was given" + remedy());
        }
    }

    void requireEvent(String what, NDArray value, int leading) {
        Shape event = shapes.get(0).slice(1);
        Shape actual = value.getShape();
        if (actual.dimension() != leading + event.dimension()
                || !Arrays.equals(actual.slice(leading).getShape(), event.getShape())) {
            String rest =
                    Arrays.stream(event.getShape()).mapToObj(n -> ", " + n).collect(Collectors.joining());
            throw new IllegalArgumentException(
                    "the " + what + " have shape " + actual + "; expected " + (leading == 1 ? "[B" : "[K, B") + rest
                            + "], since the model was initialized for it: reshape the data, or build the model for their shape");
        }
    }

    private String remedy() {
        return shapes.size() > 1
                ? "; expected [B, " + shapes.get(1).get(1)
                        + "], as the model was initialized: one-hot labels of that many classes"
                : "; expected none, since the model was initialized without one: pass Condition.none(), or initialize it"
                        + " with the condition's shape [1, C] after the data's";
    }
}
