package io.vae4j.core.compiled;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * A walk back through what was recorded. Gradients are kept in the smallest shape that broadcasts to the right one:
 * that of a sum is one number.
 */
final class Differentiation extends GradientArithmetic {

    private final Recording recording;
    private final IdentityHashMap<Value, Value> adjoints = new IdentityHashMap<>();

    Differentiation(Recording recording) {
        super(recording);
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
        boolean writes = derived.derivative().gradients().values().stream()
                .anyMatch(code -> code.contains("_(") || code.contains("out="));
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
}
