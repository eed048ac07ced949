package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.SymbolicArray;
import io.vae4j.core.torch.TorchFunction;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An array whose operations are taken down. It has a shape and a type, and no numbers until its program has run, and
 * then only if it was kept.
 */
final class TracedArray extends OperatedArray implements SymbolicArray {

    private final Scribe scribe;
    private Value value;
    private Optional<Value> gradientOf = Optional.empty();
    private Optional<NDArray> known = Optional.empty();
    private NDManager owner;
    private boolean kept;

    TracedArray(Scribe scribe, Value value) {
        super(scribe.batch(), value.shape(), value.type());
        this.scribe = scribe;
        this.value = value;
        owner = scribe.batch();
    }

    Value value() {
        return value;
    }

    boolean isOf(Scribe other) {
        return scribe == other;
    }

    /** Has its numbers when the program has run. */
    void keep() {
        if (!kept) {
            kept = true;
            scribe.keep(this);
        }
    }

    /** The numbers, which are there now. */
    void become(NDArray array) {
        array.attach(owner);
        known = Optional.of(array);
    }

    /** The numbers, after the program has run and if this was kept. */
    NDArray numbers() {
        return known.orElseThrow(() -> new Untraceable(
                "a number of an array of shape " + getShape() + " is read on the host, where it could stay an array"));
    }

    @Override
    public NDArray apply(TorchFunction function, NDArray first, NDArray... rest) {
        if (known.isPresent()) {
            return function.apply(
                    real(first), Arrays.stream(rest).map(TracedArray::real).toArray(NDArray[]::new));
        }
        return scribe.apply(function, first, rest);
    }

    private static NDArray real(NDArray array) {
        return array instanceof TracedArray traced ? traced.numbers() : array;
    }

    @Override
    public NDArray constant(Shape shape, double number, Device device) {
        return known.<NDArray>map(array -> Ops.full(array, shape, number))
                .orElseGet(() -> scribe.number(shape, getDataType(), device.equals(Device.cpu()), number));
    }

    @Override
    public void backward(NDArray gradient) {
        scribe.backward(this, gradient);
    }

    @Override
    public void overwrite(NDArray target, NDArray values) {
        scribe.overwrite(target, values);
    }

    /** One that goes to another owner than the batch is to be had when the program has run. */
    @Override
    public void attach(NDManager manager) {
        if (manager != owner && manager != scribe.symbolic()) {
            owner = manager;
            known.ifPresentOrElse(array -> array.attach(manager), this::keep);
        }
    }

    @Override
    public void tempAttach(NDManager manager) {
        // who lends it to a part of the batch takes it back before the program runs
    }

    @Override
    public void detach() {
        throw new Untraceable("an array is detached from its batch");
    }

    @Override
    public NDManager getManager() {
        return known.isPresent() ? owner : scribe.symbolic();
    }

    @Override
    public Device getDevice() {
        return scribe.device();
    }

    @Override
    public void close() {
        known.ifPresent(NDArray::close);
    }

    @Override
    public void setRequiresGradient(boolean requires) {
        if (requires) {
            scribe.wantGradient(this);
        }
    }

    @Override
    public boolean hasGradient() {
        return scribe.gradients().containsKey(value);
    }

    @Override
    public NDArray getGradient() {
        TracedArray gradient =
                scribe.traced(Objects.requireNonNull(scribe.gradients().get(value), "no gradient is wanted"));
        gradient.gradientOf = Optional.of(value);
        return gradient;
    }

    /** Of a gradient alone, of which everyone sees the new one. */
    @Override
    public NDArray muli(NDArray other) {
        Value of = gradientOf.orElseThrow(() -> new Untraceable("an array is multiplied in place"));
        value = scribe.apply(Operation.binary("mul"), this, other).value();
        scribe.changedGradient(of, value);
        return this;
    }

    @Override
    public void intern(NDArray replaced) {
        throw new Untraceable("an array is replaced by another one");
    }

    @Override
    public NDArrayEx getNDArrayInternal() {
        return TracedInternals.of(this);
    }

    @Override
    NDArray op(String function, String arguments, NDArray... others) {
        NDArray[] operands = new NDArray[others.length + 1];
        operands[0] = this;
        System.arraycopy(others, 0, operands, 1, others.length);
        return traced(Operation.of(function, arguments), operands);
    }

    /** Takes an operation down, or computes it where the numbers are there already. */
    private NDArray traced(Operation operation, NDArray... operands) {
        if (known.isEmpty()) {
            return scribe.apply(operation, operands);
        }
        List<NDArray> numbers = Arrays.stream(operands).map(TracedArray::real).toList();
        return Kernels.compute(operation, numbers).head();
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        return numbers().toByteBuffer(tryDirect);
    }

    @Override
    public ByteBuffer toByteBuffer() {
        return numbers().toByteBuffer();
    }

    @Override
    public String[] toStringArray(Charset charset) {
        throw new Untraceable("an array is read on the host, where it could stay an array");
    }

    @Override
    public NDArray getScalar(long... indices) {
        return numbers().getScalar(indices);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "a symbolic array of shape " + value.shape();
    }
}
