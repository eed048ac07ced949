package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.Derivative;
import io.vae4j.core.torch.TorchFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A program as it is written down. Everything is computed once beside it, for the shapes. */
final class Recording {

    private final NDManager scratch;
    private final List<Statement> statements = new ArrayList<>();
    private final IdentityHashMap<Value, NDArray> computed = new IdentityHashMap<>();
    /** By what gradients are wanted, and the gradients so far. */
    private final Map<Value, Value> gradients = new LinkedHashMap<>();

    private final Set<Application> once = new HashSet<>();

    /** Whether gradients are being derived, of which there are none themselves. */
    private boolean differentiating;

    private int values;

    /** @param scratch owns what is computed on the way */
    Recording(NDManager scratch) {
        this.scratch = scratch;
    }

    List<Statement> statements() {
        return statements;
    }

    /** The applications that were differentiated and cannot be again. */
    Set<Application> differentiatedOnce() {
        return once;
    }

    Map<Value, Value> gradients() {
        return gradients;
    }

    /** An array that the program is given. */
    Value given(Value.Source source, NDArray array, boolean differentiable) {
        Value value =
                new Value(values++, new Value.Given(source), 0, array.getShape(), array.getDataType(), differentiable);
        computed.put(value, array);
        return value;
    }

    /** A number as an array. */
    Value number(Value.Literal number, Shape shape, DataType type, Device device) {
        Value value = new Value(values++, number, 0, shape, type, false);
        // what shapes alone are asked of need not have all digits
        NDArray array = shape.dimension() == 0
                ? scratch.create(number.value())
                : scratch.full(shape, (float) number.value(), DataType.FLOAT32);
        computed.put(value, array.toType(type, false).toDevice(number.onHost() ? Device.cpu() : device, false));
        return value;
    }

    /** A number that the shapes of a program say, beside another value. */
    Value derived(double number, Value like) {
        return number(new Value.Literal(number, true, new Value.OfShapes()), new Shape(), like.type(), Device.cpu());
    }

    /** Zeros of a value's shape. */
    Value zeros(Value like) {
        return number(
                new Value.Literal(0, false, new Value.OfShapes()), like.shape(), like.type(), scratch.getDevice());
    }

    /** What a function makes of values; its gradient is written down where that can be. */
    Value apply(TorchFunction function, List<Value> inputs) {
        Functions.requirePure(function.code());
        List<Integer> wanted = differentiating ? List.of() : wanted(inputs);
        if (wanted.isEmpty()) {
            Storage storage = function.derivative()
                    .filter(written -> written.memory() == Derivative.Memory.NEW)
                    .map(written -> Storage.NEW)
                    .orElse(Storage.ANY);
            return record(new Call(function.code(), 1, storage), inputs, false).get(0);
        }
        Optional<Operation> simple = Functions.simple(function);
        if (simple.isPresent()) {
            return apply(simple.get(), inputs);
        }
        List<String> names = wanted.stream().map(function.code().names()::get).toList();
        Optional<Derived> derived = function.derivative()
                .filter(written -> !written.keys(names).isEmpty())
                .map(written -> new Derived(function.code(), written));
        Expression expression = derived.<Expression>map(written -> written)
                .orElseGet(() -> new Differentiable(new Call(function.code(), 1, Storage.ANY), inputs.size(), wanted));
        return record(expression, inputs, true).get(0);
    }

    /** The same as a constant: what was simplified away may be a value that is none. */
    Value stopped(Value value) {
        return value.isDifferentiable()
                ? record(Operation.unary("detach"), List.of(value), false).get(0)
                : value;
    }

    /** What an operation makes of values. */
    Value apply(Operation operation, List<Value> inputs) {
        return Simplification.of(this, operation, inputs).orElseGet(() -> recorded(operation, inputs));
    }

    /** What is made as a constant: a part of a gradient, or what somebody does not want to be differentiated. */
    Value constant(Supplier<Value> made) {
        boolean before = differentiating;
        differentiating = true;
        try {
            return stopped(made.get());
        } finally {
            differentiating = before;
        }
    }

    private Value recorded(Operation operation, List<Value> inputs) {
        if (differentiating) {
            return record(operation, inputs, false).get(0);
        }
        List<Integer> wanted = Rules.NO_GRADIENT.contains(operation.function()) ? List.of() : wanted(inputs);
        Expression expression = wanted.isEmpty() || Rules.of(operation).isPresent()
                ? operation
                : new Differentiable(operation, inputs.size(), wanted);
        return record(expression, inputs, !wanted.isEmpty()).get(0);
    }

    /** What an expression makes of values. */
    List<Value> record(Expression expression, List<Value> inputs, boolean differentiable) {
        NDList results =
                Kernels.compute(expression, inputs.stream().map(computed::get).toList());
        if (isOfLiterals(expression, inputs)) {
            return List.of(literal(results.head(), inputs));
        }
        Application application = new Application(expression, inputs);
        application.make(IntStream.range(0, results.size())
                .mapToObj(i -> made(application, i, results.get(i), differentiable && i == 0))
                .toList());
        statements.add(application);
        return application.outputs();
    }

    /** Arithmetic of numbers that stay the same is done once, by the kernels that would do it each time. */
    private static boolean isOfLiterals(Expression expression, List<Value> inputs) {
        return expression instanceof Operation operation
                && operation.isArithmetic()
                && inputs.stream()
                        .allMatch(input ->
                                input.isFixedNumber() && input.type().isFloating() && !input.isDifferentiable());
    }

    private Value literal(NDArray result, List<Value> inputs) {
        result.attach(scratch);
        Value.Literal first = (Value.Literal) inputs.get(0).origin();
        double number = result.toType(DataType.FLOAT64, false).toDoubleArray()[0];
        Value.Literal literal = new Value.Literal(number, first.onHost(), new Value.Said());
        Value value = new Value(values++, literal, 0, result.getShape(), result.getDataType(), false);
        computed.put(value, result);
        return value;
    }

    private Value made(Application application, int index, NDArray array, boolean differentiable) {
        array.attach(scratch);
        boolean passes = differentiable && array.getDataType().isFloating();
        Value value = new Value(values++, application, index, array.getShape(), array.getDataType(), passes);
        computed.put(value, array);
        return value;
    }

    /** The places of those by which gradients are wanted. */
    static List<Integer> wanted(List<Value> inputs) {
        return IntStream.range(0, inputs.size())
                .filter(place -> inputs.get(place).isDifferentiable())
                .boxed()
                .toList();
    }

    /** Adds a thing to do. */
    void add(Statement statement) {
        statements.add(statement);
    }
}
