package io.vae4j.core.compiled;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * A walk back through what was recorded. Gradients are kept in the smallest shape that broadcasts to the right one:
 * that of a sum is one number.
 */
final class Differentiation {

    private final Recording recording;
    private final IdentityHashMap<Value, Value> adjoints = new IdentityHashMap<>();

    Differentiation(Recording recording) {
        this.recording = recording;
    }

    /** Adds the gradients of a value, given its own, to those by what gradients are wanted. */
    void from(Value end, Value gradient) {
        adjoints.put(end, gradient);
        List<Statement> before = new ArrayList<>(recording.statements());
        for (int i = before.size() - 1; i >= 0; i--) {
            if (before.get(i) instanceof Application made) {
                Value g = adjoints.get(made.outputs().get(0));
                if (g != null && made.outputs().get(0).isDifferentiable()) {
                    back(made, g);
                }
            }
        }
        recording.gradients().replaceAll((wanted, sum) -> {
            Value found = adjoints.get(wanted);
            return found == null ? sum : added(sum, whole(found, wanted.shape()));
        });
    }

    private Value added(Value sum, Value more) {
        return sum.origin() instanceof Value.Literal none && none.value() == 0 && !none.varies()
                ? more
                : op("add", sum, more);
    }

    private void back(Application made, Value g) {
        Expression expression = made.expression();
        if (expression instanceof Operation operation) {
            Rules.of(operation).ifPresent(rule -> rule.apply(made, g, this));
        } else if (expression instanceof Differentiable torch) {
            byTorch(made, torch, g);
        } else if (expression instanceof Derived derived) {
            written(made, derived, g);
        }
    }

    private void byTorch(Application made, Differentiable torch, Value g) {
        List<Value> operands =
                new ArrayList<>(made.outputs().subList(1, made.outputs().size()));
        operands.add(whole(g, made));
        List<Value> gradients = recording.record(torch.backward(), operands, false);
        for (int i = 0; i < gradients.size(); i++) {
            Value gradient = gradients.get(i);
            give(made, torch.wanted().get(i), () -> gradient);
        }
    }

    private void written(Application made, Derived derived, Value g) {
        boolean writes = derived.derivative().gradients().values().stream().anyMatch(code -> code.contains("_("));
        if (writes && !recording.differentiatedOnce().add(made)) {
            throw new Untraceable("a function whose gradient writes over its values is differentiated twice");
        }
        List<Value> known = new ArrayList<>(made.inputs());
        known.addAll(made.outputs());
        known.add(whole(g, made));
        List<Derived.Gradient> all = derived.gradients(Recording.wanted(made.inputs()));
        if (all.isEmpty()) {
            throw Untraceable.asWhole("a gradient is wanted by what was a constant when a function was applied to it");
        }
        for (Derived.Gradient gradient : all) {
            List<Value> operands = gradient.read().stream().map(known::get).toList();
            List<Value> gradients = recording.record(gradient.code(), operands, false);
            for (int i = 0; i < gradients.size(); i++) {
                Value one = gradients.get(i);
                give(made, gradient.wanted().get(i), () -> one);
            }
        }
    }

    /** Hands a gradient to an operand that was broadcast to the shape of the result, if it wants one. */
    void to(Application made, int place, Value gradient) {
        to(made, place, () -> gradient);
    }

    /** As {@link #to(Application, int, Value)}, of one that is computed only if it is wanted. */
    void to(Application made, int place, Supplier<Value> gradient) {
        give(made, place, () -> {
            Value g = gradient.get();
            return times(
                    g,
                    repeats(
                            g.shape(),
                            made.outputs().get(0).shape(),
                            made.input(place).shape()));
        });
    }

    /** Hands a gradient to an operand, if it wants one: of its shape, or of one that broadcasts to or from it. */
    void give(Application made, int place, Supplier<Value> gradient) {
        Value operand = made.input(place);
        if (operand.isDifferentiable()) {
            // a gradient may be a value itself, such as that of exp: it is a constant all the same
            Value fitting = recording.stopped(cast(reduced(gradient.get(), operand.shape()), operand.type()));
            Value known = adjoints.get(operand);
            adjoints.put(operand, known == null ? fitting : op("add", known, fitting));
        }
    }

    /** A gradient for an operand that was broadcast: summed over the axes along which it was. */
    private Value reduced(Value g, Shape operand) {
        if (fits(g.shape(), operand)) {
            return g;
        }
        int extra = g.shape().dimension() - operand.dimension();
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < g.shape().dimension(); axis++) {
            boolean broadcast = axis < extra || operand.get(axis - extra) == 1;
            if (broadcast && g.shape().get(axis) > 1) {
                axes.add(axis);
            }
        }
        Value sum = axes.isEmpty() ? g : apply("sum", "$0, " + axes + ", True", g);
        return extra > 0 ? reshape(sum, sum.shape().slice(extra)) : sum;
    }

    /** How often a gradient counts that is the same along axes along which the operand was broadcast. */
    private static long repeats(Shape g, Shape made, Shape operand) {
        long repeats = 1;
        for (int axis = 0; axis < made.dimension(); axis++) {
            int ofOperand = axis - (made.dimension() - operand.dimension());
            int ofGradient = axis - (made.dimension() - g.dimension());
            boolean broadcast = ofOperand < 0 || operand.get(ofOperand) == 1;
            if (broadcast && (ofGradient < 0 || g.get(ofGradient) == 1)) {
                repeats *= made.get(axis);
            }
        }
        return repeats;
    }

    private Value times(Value g, long repeats) {
        return repeats == 1 ? g : mul(g, number((double) repeats, g));
    }

    /** Whether a shape broadcasts to another one. */
    private static boolean fits(Shape small, Shape large) {
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
        if (isFixed(other) && one.origin() instanceof Application made && isScaled(made)) {
            return mul(made.input(0), number(valueOf(made.input(1)) * valueOf(other), one));
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
        return value.isNumber() && value.origin() instanceof Value.Literal number && number.place() == -1;
    }

    /** Numbers that stay the same for as long as there is the program. */
    private static boolean isFixed(Value value) {
        return value.isNumber() && value.origin() instanceof Value.Literal number && !number.varies();
    }

    /** Whether it is something times a number: of a gradient, that number may be multiplied by the next. */
    private static boolean isScaled(Application made) {
        return made.expression() instanceof Operation operation
                && operation.function().equals("mul")
                && isFixed(made.input(1))
                && !made.outputs().get(0).isDifferentiable();
    }

    private static double valueOf(Value value) {
        return ((Value.Literal) value.origin()).value();
    }
}
