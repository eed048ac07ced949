package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DJL's operations of arrays as torch's functions, one after the other: what DJL says and torch says. One that is not
 * here cannot be a part of a program.
 */
abstract class OperatedArray extends NDArrayAdapter {

    // with no other engine to turn to, DJL refuses what is not here
    @SuppressWarnings("NullAway")
    OperatedArray(NDManager manager, Shape shape, DataType type) {
        super(manager, null, shape, type, "");
    }

    /**
     * A function of torch's of this array and others.
     *
     * @param arguments in which {@code $0} is this array
     */
    abstract NDArray op(String function, String arguments, NDArray... others);

    /** An array of one number, beside this one. */
    abstract NDArray constant(Shape shape, double number, Device device);

    private NDArray unary(String function) {
        return op(function, "$0");
    }

    private NDArray binary(String function, NDArray other) {
        return op(function, "$0, $1", other);
    }

    private NDArray number(Number number) {
        return constant(new Shape(), number.doubleValue(), Device.cpu());
    }

    @Override
    public NDArray stopGradient() {
        return unary("detach");
    }

    @Override
    public NDArray duplicate() {
        return unary("clone");
    }

    @Override
    public NDArray add(NDArray other) {
        return binary("add", other);
    }

    @Override
    public NDArray sub(NDArray other) {
        return binary("sub", other);
    }

    @Override
    public NDArray mul(NDArray other) {
        return binary("mul", other);
    }

    @Override
    public NDArray div(NDArray other) {
        return binary("div", other);
    }

    @Override
    public NDArray maximum(NDArray other) {
        return binary("maximum", other);
    }

    @Override
    public NDArray minimum(NDArray other) {
        return binary("minimum", other);
    }

    @Override
    public NDArray matMul(NDArray other) {
        boolean matrices = getShape().dimension() == 2 && other.getShape().dimension() == 2;
        return binary(matrices ? "mm" : "matmul", other);
    }

    @Override
    public NDArray neg() {
        return unary("neg");
    }

    @Override
    public NDArray abs() {
        return unary("abs");
    }

    @Override
    public NDArray exp() {
        return unary("exp");
    }

    @Override
    public NDArray log() {
        return unary("log");
    }

    @Override
    public NDArray square() {
        return unary("square");
    }

    @Override
    public NDArray sqrt() {
        return unary("sqrt");
    }

    @Override
    public NDArray sign() {
        return unary("sign");
    }

    @Override
    public NDArray round() {
        return unary("round");
    }

    @Override
    public NDArray floor() {
        return unary("floor");
    }

    @Override
    public NDArray tanh() {
        return unary("tanh");
    }

    @Override
    public NDArray cos() {
        return unary("cos");
    }

    @Override
    public NDArray sin() {
        return unary("sin");
    }

    /** DJL's own arithmetic with numbers spoils gradients: a part that uses it is told so, and trains as it did. */
    private static Untraceable plain(String method, String instead) {
        return new Untraceable("DJL's " + method + " takes a plain number, which may spoil gradients: use " + instead);
    }

    @Override
    public NDArray add(Number other) {
        throw plain("add", "Ops.shift");
    }

    @Override
    public NDArray sub(Number other) {
        throw plain("sub", "Ops.shift");
    }

    @Override
    public NDArray mul(Number other) {
        throw plain("mul", "Ops.scale");
    }

    @Override
    public NDArray div(Number other) {
        throw plain("div", "Ops.scale");
    }

    @Override
    public NDArray clip(Number low, Number high) {
        return op("clamp", "$0, " + low + ", " + high);
    }

    @Override
    public NDArray lt(NDArray other) {
        return binary("lt", other);
    }

    @Override
    public NDArray lte(NDArray other) {
        return binary("le", other);
    }

    @Override
    public NDArray gt(NDArray other) {
        return binary("gt", other);
    }

    @Override
    public NDArray gte(NDArray other) {
        return binary("ge", other);
    }

    @Override
    public NDArray eq(NDArray other) {
        return binary("eq", other);
    }

    @Override
    public NDArray lt(Number other) {
        return lt(number(other));
    }

    @Override
    public NDArray lte(Number other) {
        return lte(number(other));
    }

    @Override
    public NDArray gt(Number other) {
        return gt(number(other));
    }

    @Override
    public NDArray gte(Number other) {
        return gte(number(other));
    }

    @Override
    public NDArray eq(Number other) {
        return eq(number(other));
    }

    @Override
    public NDArray logicalAnd(NDArray other) {
        return binary("logical_and", other);
    }

    @Override
    public NDArray sum() {
        return unary("sum");
    }

    @Override
    public NDArray sum(int[] axes, boolean keepDims) {
        return op("sum", reduced(axes, keepDims));
    }

    @Override
    public NDArray mean() {
        return unary("mean");
    }

    @Override
    public NDArray mean(int[] axes, boolean keepDims) {
        return op("mean", reduced(axes, keepDims));
    }

    private static String reduced(int[] axes, boolean keepDims) {
        return "$0, " + Axes.code(axes) + (keepDims ? ", True" : ", False");
    }

    @Override
    public NDArray cumSum(int axis) {
        return op("cumsum", "$0, " + axis);
    }

    @Override
    public NDArray softmax(int axis) {
        return op("softmax", "$0, " + axis);
    }

    @Override
    public NDArray logSoftmax(int axis) {
        return op("log_softmax", "$0, " + axis);
    }

    @Override
    public NDArray argMax(int axis) {
        return op("argmax", "$0, " + axis);
    }

    @Override
    public NDArray argMin(int axis) {
        return op("argmin", "$0, " + axis);
    }

    @Override
    public NDArray argSort(int axis, boolean ascending) {
        return op("argsort", "$0, " + axis + (ascending ? ", False" : ", True"));
    }

    @Override
    public NDArray gather(NDArray index, int axis) {
        return op("gather", "$0, " + axis + ", $1", index);
    }

    @Override
    public NDArray oneHot(int depth, DataType type) {
        return op("one_hot", "$0, " + depth).toType(type, false);
    }

    @Override
    public NDArray toType(DataType type, boolean copy) {
        if (type == getDataType()) {
            return copy ? duplicate() : this;
        }
        return op("to", "$0, " + TorchTypes.code(type));
    }

    @Override
    public NDArray toDevice(Device device, boolean copy) {
        if (device.equals(getDevice())) {
            return copy ? duplicate() : this;
        }
        throw new Untraceable("an array is copied to another device");
    }

    @Override
    public NDArray zerosLike() {
        return constant(getShape(), 0, getDevice());
    }

    @Override
    public NDArray onesLike() {
        return constant(getShape(), 1, getDevice());
    }

    @Override
    public NDArray reshape(Shape shape) {
        return shaped("reshape", ViewShapes.reshaped(getShape(), shape));
    }

    @Override
    public NDArray expandDims(int axis) {
        return shaped("reshape", ViewShapes.expanded(getShape(), axis));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        return shaped("reshape", ViewShapes.squeezed(getShape(), axes));
    }

    @Override
    public NDArray flatten() {
        return shaped("reshape", new Shape(getShape().size()));
    }

    @Override
    public NDArray broadcast(Shape shape) {
        return shaped("expand", shape);
    }

    private NDArray shaped(String function, Shape shape) {
        return op(function, "$0, " + Arrays.toString(shape.getShape()));
    }

    @Override
    public NDArray transpose(int... axes) {
        return op("permute", "$0, " + Axes.code(axes));
    }

    @Override
    public NDArray transpose() {
        int rank = getShape().dimension();
        return transpose(IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
    }

    @Override
    public NDArray tile(long repeats) {
        long[] each = new long[getShape().dimension()];
        Arrays.fill(each, repeats);
        return op("tile", "$0, " + Arrays.toString(each));
    }

    @Override
    public NDArray repeat(long repeats) {
        NDArray all = this;
        for (int axis = 0; axis < getShape().dimension(); axis++) {
            all = ((OperatedArray) all).op("repeat_interleave", "$0, " + repeats + ", " + axis);
        }
        return all;
    }

    @Override
    public NDArray concat(NDArray other, int axis) {
        return op("cat", "[$0, $1], " + axis, other);
    }

    @Override
    public NDList split(long[] indices, int axis) {
        List<NDArray> parts = new ArrayList<>();
        long from = 0;
        for (int i = 0; i <= indices.length; i++) {
            long to = i < indices.length ? indices[i] : getShape().get(axis);
            parts.add(op("slice", "$0, " + axis + ", " + from + ", " + to + ", 1"));
            from = to;
        }
        return new NDList(parts);
    }

    @Override
    public NDList split(long sections, int axis) {
        long size = getShape().get(axis) / sections;
        return split(IntStream.range(1, (int) sections).mapToLong(i -> i * size).toArray(), axis);
    }

    @Override
    public NDArray get(NDIndex index) {
        return Indexing.of(this, index);
    }

    @Override
    public NDArray get(NDManager manager, NDIndex index) {
        return get(index);
    }
}
