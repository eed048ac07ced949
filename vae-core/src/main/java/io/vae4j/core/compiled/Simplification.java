package io.vae4j.core.compiled;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is simpler than an operation and makes the same numbers, bit for bit. Views sink towards the end, where they
 * cancel each other: {@code f(reshape(x)) = reshape(f(x))} for each f of single numbers.
 */
final class Simplification {

    private static final String RESHAPE = "reshape";

    private Simplification() {}

    /** A value that is the same as what an operation makes, if there is a simpler way to it. */
    static Optional<Value> of(Recording recording, Operation operation, List<Value> inputs) {
        return switch (operation.function()) {
            case RESHAPE -> reshape(recording, operation, inputs.get(0));
            case "expand" -> same(operation, inputs.get(0));
            case "sum", "mean" -> ofOne(recording, operation, inputs.get(0));
            default -> sunk(recording, operation, inputs);
        };
    }

    private static Optional<Value> reshape(Recording recording, Operation operation, Value input) {
        Optional<Value> same = same(operation, input);
        if (same.isPresent()) {
            return same;
        }
        Optional<Value> inner = reshaped(input);
        return inner.map(value -> recording.apply(operation, List.of(value)));
    }

    /** A view that is like what it shows. */
    private static Optional<Value> same(Operation operation, Value input) {
        boolean same = operation.settings().equals(Arrays.toString(input.shape().getShape()));
        return same ? Optional.of(input) : Optional.empty();
    }

    /** A sum over axes of length 1. */
    private static Optional<Value> ofOne(Recording recording, Operation operation, Value input) {
        // a sum is no view: who is given one may look at it after its operand was written over
        if (isGiven(input) || !input.type().isFloating()) {
            return Optional.empty();
        }
        Shape shape = input.shape();
        Set<Integer> axes = Axes.of(operation.settings(), shape.dimension());
        if (axes.isEmpty() || axes.stream().anyMatch(axis -> shape.get(axis) != 1)) {
            return Optional.empty();
        }
        boolean kept = operation.settings().endsWith("True");
        Shape result = kept
                ? shape
                : ViewShapes.squeezed(
                        shape, axes.stream().mapToInt(axis -> axis).toArray());
        return Optional.of(reshape(recording, input, result));
    }

    /** Whether it shows memory that is not the program's own. */
    private static boolean isGiven(Value value) {
        Value root = value;
        while (root.origin() instanceof Application made
                && made.expression().storage() != Storage.NEW
                && made.expression().storage() != Storage.POINTWISE) {
            root = made.input(0);
        }
        return !(root.origin() instanceof Application);
    }

    private static Value reshape(Recording recording, Value input, Shape shape) {
        return recording.apply(Operation.of(RESHAPE, "$0, " + Arrays.toString(shape.getShape())), List.of(input));
    }

    /** A pointwise operation of reshaped values, before they are reshaped. */
    private static Optional<Value> sunk(Recording recording, Operation operation, List<Value> inputs) {
        Value first = inputs.get(0);
        Optional<Value> inner = reshaped(first);
        if (operation.storage() != Storage.POINTWISE || inner.isEmpty()) {
            return Optional.empty();
        }
        if (inputs.size() == 1 || inputs.get(1).isNumber()) {
            return Optional.of(sunk(recording, operation, first, replaced(inputs, inner.get())));
        }
        Optional<Value> second = reshaped(inputs.get(1));
        boolean alike = inputs.size() == 2
                && second.isPresent()
                && first.shape().equals(inputs.get(1).shape())
                && second.get().shape().equals(inner.get().shape());
        return alike
                ? Optional.of(sunk(recording, operation, first, List.of(inner.get(), second.get())))
                : Optional.empty();
    }

    private static Value sunk(Recording recording, Operation operation, Value shaped, List<Value> inputs) {
        return reshape(recording, recording.apply(operation, inputs), shaped.shape());
    }

    private static List<Value> replaced(List<Value> inputs, Value first) {
        return inputs.size() == 1 ? List.of(first) : List.of(first, inputs.get(1));
    }

    private static Optional<Value> reshaped(Value value) {
        return value.origin() instanceof Application made
                        && made.expression() instanceof Operation operation
                        && operation.function().equals(RESHAPE)
                ? Optional.of(made.input(0))
                : Optional.empty();
    }
}
