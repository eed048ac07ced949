package io.vae4j.core.compiled;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A call of one of torch's functions: its name and its arguments, in which {@code $0} is the first operand. */
final class Operation implements Expression {

    /**
     * Of these, each number is made of those at the same place, of {@code addmm} in its first operand alone, and torch
     * has a form that writes over the first.
     */
    private static final Set<String> POINTWISE = Set.of(
            "add", "sub", "mul", "div", "neg", "exp", "log", "square", "sqrt", "abs", "tanh", "sigmoid", "relu",
            "addmm");
    /** The same, with a result that is to be named. */
    private static final Set<String> GRADIENTS = Set.of("tanh_backward", "sigmoid_backward", "threshold_backward");

    private static final Set<String> VIEWS = Set.of(
            "reshape", "unsqueeze", "squeeze", "permute", "expand", "slice", "select", "detach", "transpose", "t");
    private static final Set<String> FRESH = Set.of(
            "sum",
            "mean",
            "linear",
            "mm",
            "matmul",
            "cat",
            "stack",
            "where",
            "softplus",
            "logsumexp",
            "softmax",
            "log_softmax",
            "leaky_relu",
            "gelu",
            "gt",
            "ge",
            "lt",
            "le",
            "eq",
            "ne",
            "argmax",
            "argmin",
            "full");

    private final String function;
    private final String arguments;

    private Operation(String function, String arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    /**
     * For instance {@code of("sum", "$0, [1], False")}.
     *
     * @param function a name in torch
     * @param arguments operands by their places, and settings
     */
    static Operation of(String function, String arguments) {
        return new Operation(function, arguments);
    }

    /** Of one operand, with no settings. */
    static Operation unary(String function) {
        return of(function, "$0");
    }

    /** Of two operands, with no settings. */
    static Operation binary(String function) {
        return of(function, "$0, $1");
    }

    String function() {
        return function;
    }

    /** What is written behind the first operand, such as {@code [1], False}. */
    String settings() {
        int comma = arguments.indexOf(',');
        return comma < 0 ? "" : arguments.substring(comma + 1).strip();
    }

    @Override
    public Storage storage() {
        if (POINTWISE.contains(function) || GRADIENTS.contains(function)) {
            return Storage.POINTWISE;
        }
        if (VIEWS.contains(function)) {
            return Storage.VIEW;
        }
        return FRESH.contains(function) ? Storage.NEW : Storage.ANY;
    }

    @Override
    public String code(List<String> inputs, Methods methods) {
        return "torch." + function + "(" + Templates.filled(arguments, inputs) + ")";
    }

    /** The same written over the first operand, of a pointwise one. */
    String inPlace(List<String> inputs) {
        String filled = Templates.filled(arguments, inputs);
        return GRADIENTS.contains(function)
                ? "torch." + function + "(" + filled + ", grad_input=" + inputs.get(0) + ")"
                : "torch." + function + "_(" + filled + ")";
    }

    /** Whether it is one of the four kinds of arithmetic, or a change of sign. */
    boolean isArithmetic() {
        return Set.of("add", "sub", "mul", "div", "neg").contains(function);
    }

    /** Whether what it makes lies in the order of its axes, without gaps. */
    boolean isContiguous() {
        return Set.of("mm", "sum").contains(function);
    }

    /** Whether its second operand may be a number as it is written. */
    boolean takesNumber() {
        return Set.of("add", "sub", "mul", "div", "gt", "ge", "lt", "le", "eq", "ne")
                .contains(function);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Operation operation
                && function.equals(operation.function)
                && arguments.equals(operation.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(function, arguments);
    }

    @Override
    public String toString() {
        return function + "(" + arguments + ")";
    }
}
