package io.vae4j.core.compiled;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** An array that a program is given or makes. */
final class Value {

    /** Where a value comes from. */
    sealed interface Origin permits Given, Literal, Application {}

    /** Handed over by the caller, or held. */
    record Given(Source source) implements Origin {}

    /** How a value that is given gets there. */
    sealed interface Source permits Argument, Held {}

    /** Handed over for each run, at a place. */
    record Argument(int place) implements Source {}

    /** An element of a list that the program holds. */
    record Held(String list, int place) implements Source {}

    /** A number, in an array of some shape. */
    record Literal(double value, boolean onHost, Word word) implements Origin {

        /** Whether it may be another one in the next run. */
        boolean varies() {
            return word instanceof Varying;
        }
    }

    /** Whose word a number is. */
    sealed interface Word permits OfShapes, Said, Varying {}

    /** It follows from the shapes of a program. */
    record OfShapes() implements Word {}

    /** It was said, and has been the same so far. */
    record Said() implements Word {}

    /** It is said anew for each run, at a place among those that are. */
    record Varying(int place) implements Word {}

    private final int id;
    private final Origin origin;
    private final int index;
    private final Shape shape;
    private final DataType type;
    private boolean differentiable;

    /**
     * @param index which of the values that its origin makes
     * @param differentiable whether a gradient by something it depends on is wanted
     */
    Value(int id, Origin origin, int index, Shape shape, DataType type, boolean differentiable) {
        this.id = id;
        this.origin = origin;
        this.index = index;
        this.shape = shape;
        this.type = type;
        this.differentiable = differentiable;
    }

    int id() {
        return id;
    }

    Origin origin() {
        return origin;
    }

    int index() {
        return index;
    }

    Shape shape() {
        return shape;
    }

    DataType type() {
        return type;
    }

    boolean isDifferentiable() {
        return differentiable;
    }

    /** Makes it one by which a gradient is wanted. */
    void wantGradient() {
        differentiable = true;
    }

    /** Whether it is a number as it is written, in an array of one element and no axes. */
    boolean isNumber() {
        return origin instanceof Literal && shape.dimension() == 0;
    }

    /** Whether it is a number that stays the same for as long as there is the program. */
    boolean isFixedNumber() {
        return isNumber() && origin instanceof Literal number && !number.varies();
    }

    @Override
    public String toString() {
        return "v" + id;
    }
}
