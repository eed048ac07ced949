package io.vae4j.core.compiled;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** What gradients are computed by: what is known of numbers is computed at once, and no copy is made to no purpose. */
abstract class GradientArithmetic {

    private final Recording recording;

    GradientArithmetic(Recording recording) {
        this.recording = recording;
    }

    /** Whether a shape broadcasts to another one. */
    static boolean fits(Shape small, Shape large) {
        if (small.dimension() > large.dimension()) {
            return false;
        }
        for (int i = 1; i <= small.dimension(); i++) {
            long length = small.get(small.dimension() - i);
            if (length != 1 && length != large.get(large.dimension() - i)) {
                return false;
            }
        }
        return true;
    }

    /** A gradient in the shape of what it is the gradient of. */
    Value whole(Value g, Application made) {
        return whole(g, made.outputs().get(0).shape());
    }

    /** A gradient in a shape that it broadcasts to. */
    Value whole(Value g, Shape shape) {
        return g.shape().equals(shape) ? g : apply("expand", "$0, " + Arrays.toString(shape.getShape()), g);
    }

    /** A gradient of a result with another shape, in that of the operand. */
    Value reshaped(Value g, Shape made, Shape operand) {
        return g.shape().size() == 1 && g.shape().dimension() == 0 ? g : reshape(whole(g, made), operand);
    }

    Value reshape(Value g, Shape shape) {
        return g.shape().equals(shape) ? g : apply("reshape", "$0, " + Arrays.toString(shape.getShape()), g);
    }

    /** A matrix of all rows of an array. */
    Value rows(Value value) {
        Shape shape = value.shape();
        long last = shape.get(shape.dimension() - 1);
        return reshape(value, new Shape(shape.size() / last, last));
    }

    Value number(double number, Value like) {
        return recording.derived(number, like);
    }

    Value neg(Value g) {
        return isDerived(g) ? number(-valueOf(g), g) : op("neg", g);
    }

    /** A product, of which either may be a number. */
    Value mul(Value one, Value other) {
        if (isDerived(one) && isDerived(other)) {
            return number(valueOf(one) * valueOf(other), one);
        }
        if (isDerived(other) && valueOf(other) == 1) {
            return one;
        }
        if (isDerived(one) && valueOf(one) == 1 && fits(one.shape(), other.shape())) {
            return other;
        }
        return one.isNumber() ? op("mul", other, one) : op("mul", one, other);
    }

    Value cast(Value g, DataType type) {
        return g.type() == type ? g : apply("to", "$0, " + TorchTypes.code(type), g);
    }

    Value op(String function, Value... operands) {
        return apply(function, operands.length == 1 ? "$0" : "$0, $1", operands);
    }

    Value apply(String function, String arguments, Value... operands) {
        return recording
                .record(Operation.of(function, arguments), List.of(operands), false)
                .get(0);
    }

    /** Numbers that a recording has said by itself are not computed with: they may vary. */
    private static boolean isDerived(Value value) {
        return value.isNumber()
                && value.origin() instanceof Value.Literal number
                && number.word() instanceof Value.OfShapes;
    }

    private static double valueOf(Value value) {
        return ((Value.Literal) value.origin()).value();
    }
}
