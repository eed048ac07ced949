package io.vae4j.core.compiled;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The gradients of operations: given the gradient g of {@code y = f(x)}, that of x. What has no rule here is
 * differentiated by torch.
 */
final class Rules {

    /** Steps, comparisons and places, whose gradient is zero or is not defined. */
    static final Set<String> NO_GRADIENT = Set.of(
            "detach",
            "sign",
            "round",
            "floor",
            "argmax",
            "argmin",
            "argsort",
            "gt",
            "ge",
            "lt",
            "le",
            "eq",
            "ne",
            "logical_and",
            "one_hot");

    /** How a gradient is handed on. */
    interface Rule {

        /** @param g the gradient of what was made, of its shape or of one that broadcasts to it */
        void apply(Application made, Value g, Differentiation d);
    }

    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        pointwise();
        arithmetic();
        reductions();
        shapes();
        products();
    }

    private Rules() {}

    /** The rule of an operation, if there is one. */
    static Optional<Rule> of(Operation operation) {
        return Optional.ofNullable(RULES.get(operation.function()));
    }

    private static Value y(Application made) {
        return made.outputs().get(0);
    }

    private static void pointwise() {
        RULES.put("neg", (m, g, d) -> d.to(m, 0, d.neg(g)));
        RULES.put("exp", (m, g, d) -> d.to(m, 0, d.mul(g, y(m))));
        RULES.put("log", (m, g, d) -> d.to(m, 0, d.op("div", g, m.input(0))));
        RULES.put("square", (m, g, d) -> d.to(m, 0, d.mul(d.mul(g, d.number(2, g)), m.input(0))));
        RULES.put("sqrt", (m, g, d) -> d.to(m, 0, d.op("div", d.mul(g, d.number(0.5, g)), y(m))));
        RULES.put("abs", (m, g, d) -> d.to(m, 0, d.mul(g, d.op("sign", m.input(0)))));
        RULES.put("tanh", (m, g, d) -> d.to(m, 0, d.op("tanh_backward", d.whole(g, m), y(m))));
        RULES.put("sigmoid", (m, g, d) -> d.to(m, 0, d.op("sigmoid_backward", d.whole(g, m), y(m))));
        RULES.put("relu", (m, g, d) -> d.to(m, 0, d.apply("threshold_backward", "$0, $1, 0", d.whole(g, m), y(m))));
        RULES.put("leaky_relu", (m, g, d) -> d.to(m, 0, backward("leaky_relu_backward", ", False", m, g, d)));
        RULES.put("gelu", (m, g, d) -> d.to(m, 0, backward("gelu_backward", "", m, g, d)));
        RULES.put("softplus", (m, g, d) -> d.to(m, 0, backward("softplus_backward", "", m, g, d)));
        RULES.put("to", (m, g, d) -> d.to(m, 0, d.cast(g, m.input(0).type())));
    }

    /** torch's own gradient, which takes the settings of the function. */
    private static Value backward(String function, String more, Application made, Value g, Differentiation d) {
        String settings = ((Operation) made.expression()).settings();
        String arguments = "$0, $1" + (settings.isEmpty() ? "" : ", " + settings) + more;
        return d.apply(function, arguments, d.whole(g, made), made.input(0));
    }

    private static void arithmetic() {
        RULES.put("add", (m, g, d) -> {
            d.to(m, 0, g);
            d.to(m, 1, g);
        });
        RULES.put("sub", (m, g, d) -> {
            d.to(m, 0, g);
            d.to(m, 1, () -> d.neg(g));
        });
        RULES.put("mul", (m, g, d) -> {
            d.to(m, 0, () -> d.mul(g, m.input(1)));
            d.to(m, 1, () -> d.mul(g, m.input(0)));
        });
        RULES.put("div", (m, g, d) -> {
            d.to(m, 0, () -> d.op("div", g, m.input(1)));
            d.to(m, 1, () -> d.neg(d.op("div", d.mul(g, y(m)), m.input(1))));
        });
        // its operands are what is taken, where, and what is taken elsewhere
        RULES.put("where", (m, g, d) -> {
            d.to(m, 0, () -> d.apply("where", "$0, $1, 0.", m.input(1), d.whole(g, m)));
            d.to(m, 2, () -> d.apply("where", "$0, 0., $1", m.input(1), d.whole(g, m)));
        });
    }

    private static void reductions() {
        RULES.put("sum", (m, g, d) -> d.give(m, 0, () -> kept(m, g, d)));
        RULES.put("mean", (m, g, d) -> {
            double share =
                    (double) y(m).shape().size() / (double) m.input(0).shape().size();
            d.give(m, 0, () -> kept(m, d.mul(g, d.number(share, g)), d));
        });
        RULES.put("logsumexp", (m, g, d) -> {
            Value shares = d.op("exp", d.op("sub", m.input(0), kept(m, y(m), d)));
            d.give(m, 0, () -> d.mul(kept(m, g, d), shares));
        });
        RULES.put("softmax", (m, g, d) -> d.give(m, 0, () -> soft("_softmax_backward_data", m, g, d)));
        RULES.put("log_softmax", (m, g, d) -> d.give(m, 0, () -> soft("_log_softmax_backward_data", m, g, d)));
    }

    private static Value soft(String function, Application made, Value g, Differentiation d) {
        String axis = ((Operation) made.expression()).settings();
        return d.apply(
                function,
                "$0, $1, " + axis + ", " + TorchTypes.code(made.input(0).type()),
                d.whole(g, made),
                y(made));
    }

    /** A value of a reduction's result as it broadcasts to its operand: the axes that were summed have length 1. */
    private static Value kept(Application made, Value value, Differentiation d) {
        if (value.shape().dimension() == 0) {
            return value;
        }
        Shape whole = made.input(0).shape();
        Set<Integer> axes = Axes.of(((Operation) made.expression()).settings(), whole.dimension());
        long[] kept = IntStream.range(0, whole.dimension())
                .mapToLong(axis -> axes.contains(axis) ? 1 : whole.get(axis))
                .toArray();
        return d.reshape(d.whole(value, y(made).shape()), new Shape(kept));
    }

    private static void shapes() {
        RULES.put(
                "reshape",
                (m, g, d) -> d.give(
                        m, 0, () -> d.reshaped(g, y(m).shape(), m.input(0).shape())));
        RULES.put("expand", (m, g, d) -> d.to(m, 0, g));
        RULES.put("permute", (m, g, d) -> {
            List<Integer> axes = Axes.list(((Operation) m.expression()).settings());
            String inverse = IntStream.range(0, axes.size())
                    .map(axes::indexOf)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", "));
            d.give(m, 0, () -> d.apply("permute", "$0, [" + inverse + "]", d.whole(g, m)));
        });
        RULES.put("slice", (m, g, d) -> {
            String sizes = Arrays.toString(m.input(0).shape().getShape());
            String settings = ((Operation) m.expression()).settings();
            d.give(m, 0, () -> d.apply("slice_backward", "$0, " + sizes + ", " + settings, d.whole(g, m)));
        });
        RULES.put("select", (m, g, d) -> {
            String sizes = Arrays.toString(m.input(0).shape().getShape());
            String settings = ((Operation) m.expression()).settings();
            d.give(m, 0, () -> d.apply("select_backward", "$0, " + sizes + ", " + settings, d.whole(g, m)));
        });
    }

    private static void products() {
        RULES.put("linear", (m, g, d) -> {
            Value rows = d.rows(d.whole(g, m));
            d.give(
                    m,
                    0,
                    () -> d.reshape(d.op("mm", rows, m.input(1)), m.input(0).shape()));
            d.give(m, 1, () -> d.op("mm", d.op("t", rows), d.rows(m.input(0))));
            d.give(m, 2, () -> d.apply("sum", "$0, [0], False", rows));
        });
        RULES.put("mm", (m, g, d) -> {
            d.give(m, 0, () -> d.op("mm", d.whole(g, m), d.op("t", m.input(1))));
            d.give(m, 1, () -> d.op("mm", d.op("t", m.input(0)), d.whole(g, m)));
        });
    }
}
