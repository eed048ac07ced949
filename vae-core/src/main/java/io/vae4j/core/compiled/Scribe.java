package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.core.torch.TorchFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes down what is done with symbolic arrays, one event after the other. */
abstract class Scribe {

    private final IdentityHashMap<NDArray, Value.Held> held;
    private final NDManager batch;
    private final NDManager symbolic;
    private final IdentityHashMap<NDArray, Value> met = new IdentityHashMap<>();
    private final List<NDArray> arguments = new ArrayList<>();
    private final List<TracedArray> kept = new ArrayList<>();
    private final Map<Value, Value> gradients = new LinkedHashMap<>();

    /** @param held arrays that the program holds, and where */
    Scribe(NDManager batch, IdentityHashMap<NDArray, Value.Held> held) {
        this.held = held;
        this.batch = batch;
        symbolic = TracedManager.of(this, batch);
    }

    /** Notes an event; what comes of it. */
    abstract List<Value> note(Event.What what, List<Value> inputs);

    /** Notes that an array is met. */
    abstract Value noteArray(Event.What what, NDArray array);

    /** Owns what the program makes. */
    NDManager batch() {
        return batch;
    }

    /** The same as parts see it, whose arrays are symbolic. */
    NDManager symbolic() {
        return symbolic;
    }

    Device device() {
        return batch.getDevice();
    }

    /** Arrays of the caller's that were met, in their order. */
    List<NDArray> arguments() {
        return arguments;
    }

    /** What the caller wants to have in the end. */
    List<TracedArray> kept() {
        return kept;
    }

    TracedArray apply(Operation operation, NDArray... operands) {
        return traced(note(new Event.Operated(operation, JniUtils.isGradMode()), values(operands))
                .get(0));
    }

    TracedArray apply(TorchFunction function, NDArray first, NDArray... rest) {
        List<Value> inputs = new ArrayList<>(List.of(valueOf(first)));
        inputs.addAll(values(rest));
        return traced(
                note(new Event.Applied(function, JniUtils.isGradMode()), inputs).get(0));
    }

    /** A number that may be the same each time. */
    TracedArray number(Shape shape, DataType type, boolean onHost, double number) {
        return traced(note(new Event.Said(shape, type, onHost, false, number), List.of())
                .get(0));
    }

    /** A number that is another one each time. */
    Value varying(DataType type, boolean onHost, double number) {
        return note(new Event.Said(new Shape(), type, onHost, true, number), List.of())
                .get(0);
    }

    /** An array of the caller's, or one that the program holds. */
    TracedArray given(NDArray array) {
        return traced(valueOf(array));
    }

    void wantGradient(TracedArray array) {
        Value none = note(new Event.Wanted(), List.of(array.value())).get(0);
        gradients.put(array.value(), none);
    }

    /** From an array of one element. */
    void backward(TracedArray from) {
        backward(List.of(from.value()));
    }

    void backward(TracedArray from, NDArray gradient) {
        backward(List.of(from.value(), valueOf(gradient)));
    }

    private void backward(List<Value> fromAndGradient) {
        List<Value> all = note(new Event.WentBack(), fromAndGradient);
        int i = 0;
        for (Value wanted : List.copyOf(gradients.keySet())) {
            gradients.put(wanted, all.get(i++));
        }
    }

    Map<Value, Value> gradients() {
        return gradients;
    }

    /** Someone has changed a gradient. */
    void changedGradient(Value wanted, Value gradient) {
        gradients.put(wanted, gradient);
    }

    void overwrite(NDArray target, NDArray value) {
        note(new Event.Written(), List.of(valueOf(target), valueOf(value)));
    }

    void keep(TracedArray array) {
        note(new Event.Kept(), List.of(array.value()));
        kept.add(array);
    }

    void update(Event.Updated update, List<Value> operands) {
        note(update, operands);
    }

    TracedArray traced(Value value) {
        return new TracedArray(this, value);
    }

    private List<Value> values(NDArray... operands) {
        return Arrays.stream(operands).map(this::valueOf).toList();
    }

    Value valueOf(NDArray array) {
        if (array instanceof TracedArray traced) {
            // one of an earlier step has its numbers
            return traced.isOf(this) ? traced.value() : valueOf(traced.numbers());
        }
        Value known = met.get(array);
        if (known != null) {
            return known;
        }
        Value.Held place = held.get(array);
        if (place != null) {
            return remembered(array, noteArray(new Event.MetHeld(place), array));
        }
        Value value = noteArray(new Event.Met(array.getShape(), array.getDataType()), array);
        arguments.add(array);
        return remembered(array, value);
    }

    private Value remembered(NDArray array, Value value) {
        met.put(array, value);
        return value;
    }
}
